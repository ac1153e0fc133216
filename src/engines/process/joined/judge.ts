import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { askAll } from '../ask-now.ts';
import { processError } from '../errors.ts';
import type { ProcessRecord } from '../records.ts';
import type { JoinedHealth } from './row.ts';
import { reasonFor, standingOf } from './standing.ts';

/** What a process answers now, and what that comes to; `ok` where it is ready and answers well. */
export interface Judged extends Pick<JoinedHealth, 'standing' | 'phase' | 'port' | 'said' | 'why' | 'next'> {
  process: string;
  ok: boolean;
}

/** Asks processes and judges what they say, as far as that needs nobody but themselves. */
export async function judgeNow(records: readonly ProcessRecord[], context: Context): Promise<Judged[]> {
  const asked = await askAll(records, context);
  return asked.map((one) => {
    const { id: process, phase, port } = one.row;
    const standing = standingOf(one);
    return { process, ...one.answer, standing, phase, port, ...reasonFor(one, standing) };
  });
}

/** A failure where anything is red, with the commands to try. */
export function verdictOn(
  judged: readonly Pick<Judged, 'process' | 'standing' | 'next'>[],
): Failure | undefined {
  const red = judged.filter(({ standing }) => standing === 'red');
  if (red.length === 0) return undefined;
  const names = red.map(({ process }) => process);
  const those = names.length === 1 ? `${names[0]} is` : `${names.length} processes are`;
  return processError('process-red', `${those} not well.`, {
    next: [...new Set(red.flatMap(({ next }) => next ?? []))],
    details: { processes: names },
  }).failure;
}
