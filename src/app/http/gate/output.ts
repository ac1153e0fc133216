import { isRecord } from '#engines/core/json.ts';
import { numberIn } from '#engines/worker/infer/json-lines.ts';

/** What a whole answer in OpenAI's words comes to: its text where it has one, else all of it. */
export function outputIn(text: string): { output: unknown; tokens?: number } {
  const answer = jsonIn(text);
  if (!isRecord(answer)) return { output: text };
  const [choice] = Array.isArray(answer.choices) ? answer.choices.filter(isRecord) : [];
  const said = isRecord(choice?.message) ? choice.message.content : choice?.text;
  const tokens = isRecord(answer.usage) ? numberIn(answer.usage.completion_tokens) : undefined;
  return { output: typeof said === 'string' ? said : answer, tokens };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
