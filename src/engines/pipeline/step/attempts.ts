import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import { titleOf } from '../title.ts';
import type { StepArgs } from '../types.ts';
import type { Witness } from '../witness/write.ts';
import type { Ended } from './command.ts';
import type { StepLog } from './log.ts';

/** Milliseconds before a step is tried again; twice as long each time up to the most. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8_000;

/** What a step may need for one attempt. */
export interface Attempt {
  signal: AbortSignal;
  log: StepLog;
  env: Context['env'];
}

export interface Tried extends Ended {
  attempts: number;
  /** What it wrote last. */
  words: string;
}

interface Trying {
  args: StepArgs;
  attempt: Attempt;
  witness: Witness;
  tell: Context['report'];
}

/** As often as the artifact allows, until it comes out well. */
export async function tryAgain(
  { args, attempt, witness, tell }: Trying,
  once: (attempt: Attempt) => Promise<Ended>,
): Promise<Tried> {
  const { log, signal } = attempt;
  for (let attempts = 1; ; attempts += 1) {
    const ended = await once(attempt);
    if (ended.ok || attempts > args.retries) return { ...ended, attempts, words: log.lastWords() };
    witness.again(ended.said, attempts);
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1));
    tell({ kind: 'note', text: `${titleOf(args)}: ${ended.said}; it is tried again in ${pause} ms.` });
    await delay(pause, undefined, { signal });
  }
}
