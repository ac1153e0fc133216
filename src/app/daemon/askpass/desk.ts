import type { Context } from '#engines/core/context.ts';
import type { Answer } from '#engines/core/question.ts';
import type { AskpassRequest } from './request.ts';

/** Answers the prompts of one call. */
export interface Desk {
  /** Undefined: there is no answer. */
  answer(request: Omit<AskpassRequest, 'token'>): Promise<string | undefined>;
}

interface Asked {
  answer: Promise<string | undefined>;
  heardBy: Set<number>;
}

/**
 * Asks the person once for each prompt, however many processes of the call have it: a fetch of a hundred repos from one
 * server is one dialog. Who has had the answer and asks again is told a new one, because the first was wrong.
 */
export function openDesk(ask: Context['ask']): Desk {
  const asked = new Map<string, Asked>();

  function answer({ prompt, asker }: Omit<AskpassRequest, 'token'>): Promise<string | undefined> {
    const earlier = asked.get(prompt);
    if (earlier && !earlier.heardBy.has(asker)) {
      earlier.heardBy.add(asker);
      return earlier.answer;
    }
    const answer = ask({ kind: 'credential', prompt, secret: isSecret(prompt) }).then(textOf);
    asked.set(prompt, { answer, heardBy: new Set([asker]) });
    return answer;
  }

  return { answer };
}

/** Everything but a name and a yes is hidden while it is typed. */
function isSecret(prompt: string): boolean {
  return !/^username for |\(yes\/no/i.test(prompt);
}

function textOf(answer: Answer): string | undefined {
  if (answer.kind === 'text') return answer.value;
  return answer.kind === 'yes' ? 'yes' : undefined;
}
