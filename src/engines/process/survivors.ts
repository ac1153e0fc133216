import type { ProcessIdentity } from '#engines/store/process.ts';
import { processesByRun } from './marks.ts';

/** Living processes by their run. Reading all environments takes a while, so that those who ask at once share it. */
export interface Survivors {
  of(run: string): Promise<ProcessIdentity[]>;
}

/** Milliseconds that a question waits for others. */
const GATHER = 5;

export function openSurvivors(): Survivors {
  let look: Promise<Map<string, ProcessIdentity[]>> | undefined;

  async function gathered(): Promise<Map<string, ProcessIdentity[]>> {
    await new Promise((resolve) => setTimeout(resolve, GATHER));
    look = undefined;
    return processesByRun();
  }

  return {
    async of(run) {
      look ??= gathered();
      return (await look).get(run) ?? [];
    },
  };
}
