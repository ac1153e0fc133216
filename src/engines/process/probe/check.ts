import type { Probe } from '../spec.ts';
import { type Answer, type Asked, ask } from './probe.ts';

/** Asks again and again until it is closed; the next question waits for the last answer. */
export interface Check {
  close(): void;
}

interface CheckOptions {
  asked: Omit<Asked, 'signal'>;
  heard(answer: Answer): void;
  /** Milliseconds before the first question; the pauses double from it up to the probe's own. */
  first: number;
}

export function openCheck(probe: Probe, { asked, heard, first }: CheckOptions): Check {
  const stop = new AbortController();
  const { signal } = stop;
  let pause = Math.min(first, probe.every);
  let timer = setTimeout(turn, pause);

  async function turn(): Promise<void> {
    const answer = await ask(probe, { ...asked, signal });
    if (signal.aborted) return;
    pause = Math.min(pause * 2, probe.every);
    timer = setTimeout(turn, pause);
    heard(answer);
  }

  return {
    close() {
      clearTimeout(timer);
      stop.abort();
    },
  };
}
