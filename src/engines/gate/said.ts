import { isRecord } from '#engines/core/json.ts';
import { textIn } from '#engines/worker/infer/json-lines.ts';

/** The sentence in a refusal, however it is wrapped: `{ error: { message } }`, `{ error }`, `{ message }`, or plain text. */
export function saidIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (!isRecord(body)) return text;
    const { error, message, errors } = body;
    if (Array.isArray(errors))
      return errors
        .filter(isRecord)
        .map((one) => textIn(one.message))
        .join('; ');
    return textIn(isRecord(error) ? error.message : (error ?? message)) || text;
  } catch {
    return text.trim();
  }
}
