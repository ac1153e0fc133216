import { failureOf } from '#engines/core/errors.ts';
import type { Answer, Question } from '#engines/core/question.ts';
import type { HostMessage } from '#engines/daemon/wire.ts';
import { openCredit } from './credit.ts';
import type { Run } from './run.ts';

/** One call of a client under way, by what may still come for it. */
export interface Call {
  kind: 'run' | 'stream';
  cancel(): void;
  /** The client has gone. */
  leave(): void;
  answer(question: number, answer: Answer): void;
  more(count: number): void;
}

interface CallOptions {
  id: number;
  /** False where the message was too long to go. */
  send(message: HostMessage): boolean;
  over(): void;
}

interface RunCallOptions extends CallOptions {
  /** Whether what the run asks may be asked of this client. */
  mayAnswer: boolean;
}

/** Tells a client what becomes of a run and asks it what the run asks. */
export function followRun(run: Run, { id, send, over, mayAnswer }: RunCallOptions): Call {
  const questions = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  const stopFollowing = run.follow({
    report: (report) => void send({ kind: 'report', id, report }),
    ask,
  });
  void run.outcome.then((outcome) => {
    leave();
    over();
    send({ kind: 'outcome', id, outcome });
  });

  async function ask(content: Question): Promise<Answer> {
    if (!mayAnswer) return { kind: 'needs-input' };
    const answer = Promise.withResolvers<Answer>();
    questions.set(++asked, answer.resolve);
    send({ kind: 'ask', id, question: asked, content });
    return answer.promise;
  }

  function answer(question: number, answer: Answer): void {
    questions.get(question)?.(answer);
    questions.delete(question);
  }

  function leave(): void {
    stopFollowing();
    for (const question of [...questions.keys()]) answer(question, { kind: 'needs-input' });
  }

  return { kind: 'run', cancel: run.cancel, leave, answer, more: () => {} };
}

interface StreamOptions extends CallOptions {
  follow(signal: AbortSignal): AsyncIterable<unknown>;
  /** Events that may go before the client asks for more. */
  window: number;
}

/** Sends a client the events of a stream, as fast as it takes them. */
export function followStream({ id, send, over, follow, window }: StreamOptions): Call {
  const stop = new AbortController();
  const credit = openCredit(window);
  // A call is known before it can be over.
  void Promise.resolve().then(pump);

  async function pump(): Promise<void> {
    try {
      for await (const event of follow(stop.signal)) {
        if (stop.signal.aborted || !send({ kind: 'event', id, event })) break;
        await credit.spend(stop.signal);
      }
      send({ kind: 'end', id });
    } catch (thrown) {
      send({ kind: 'end', id, failure: failureOf(thrown) });
    }
    over();
  }

  const end = () => stop.abort();
  return { kind: 'stream', cancel: end, leave: end, answer: () => {}, more: credit.add };
}
