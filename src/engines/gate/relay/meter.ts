import { isRecord } from '#engines/core/json.ts';
import { numberIn } from '#engines/worker/infer/json-lines.ts';

/** Counts the tokens of one answer: as its backend tells them, else one for each event. */
export interface Meter {
  readonly tokens: number;
  token(): void;
  /** What the backend says; it knows better. */
  count(tokens: number | undefined): void;
  whole(text: string): void;
  /** The same bytes, of which no line is torn. */
  passing(lines: AsyncGenerator<Buffer>): AsyncGenerator<Buffer>;
}

export function openMeter(): Meter {
  let counted = 0;
  let told: number | undefined;

  function see(lines: Buffer): void {
    for (const line of lines.toString('latin1').split('\n')) {
      if (!line.startsWith('data:') || line.includes('[DONE]')) continue;
      if (/"usage": ?\{/.test(line)) told = usageIn(line.slice('data:'.length)) ?? told;
      if (/"(content|text)": ?"[^"]/.test(line)) counted += 1;
    }
  }

  return {
    get tokens() {
      return told ?? counted;
    },
    token() {
      counted += 1;
    },
    count(tokens) {
      told = tokens ?? told;
    },
    whole(text) {
      told = usageIn(text) ?? told;
    },
    async *passing(lines) {
      for await (const some of lines) {
        see(some);
        yield some;
      }
    },
  };
}

function usageIn(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const usage = isRecord(value) ? value.usage : undefined;
    return isRecord(usage) ? numberIn(usage.completion_tokens) : undefined;
  } catch {
    return undefined;
  }
}
