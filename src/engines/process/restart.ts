import type { ProcessSpec } from './spec.ts';
import { type Exit, exitWords, type Status } from './status.ts';

/** Quick runs in a row from which on it is a crash loop. */
export const LOOP = 5;

/** What comes after a run that nobody asked to end. */
export type Verdict = Pick<Status, 'phase' | 'quick' | 'why'> & {
  /** Milliseconds until the next start; absent: it stays as it is. */
  wait?: number;
};

interface Ended {
  exit: Exit;
  /** Milliseconds that the run took. */
  ran: number;
  /** Quick runs in a row before this one. */
  quick: number;
}

export function afterEnd({ restart }: Pick<ProcessSpec, 'restart'>, { exit, ran, quick }: Ended): Verdict {
  const isWell = 'code' in exit && exit.code === 0;
  const why = `ended with ${exitWords(exit)}`;
  if (restart.policy === 'never' || (restart.policy === 'on-failure' && isWell)) {
    return { phase: isWell ? 'exited' : 'failed', quick: 0, why: isWell ? null : why };
  }
  if (ran >= restart.quick) return { phase: 'backoff', quick: 0, why, wait: 0 };
  const inRow = quick + 1;
  const wait = Math.min(restart.first * 2 ** (inRow - 1), restart.most);
  if (inRow < LOOP) return { phase: 'backoff', quick: inRow, why, wait };
  return {
    phase: 'crash-loop',
    quick: inRow,
    why: `${why}, as ${inRow} runs in a row did within ${restart.quick} ms of their start`,
    wait,
  };
}
