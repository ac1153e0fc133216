import type { Store } from '#engines/store/store.ts';
import type { Definition } from '../definition.ts';
import { addRun, changeRun, openRuns, type Run } from '../runs.ts';

/** Runs of one schedule that wait or go on at once; whoever needs more has another problem. */
const MOST_OPEN = 100;

interface Coming {
  definition: Definition;
  moment: number;
  late: boolean;
  now: number;
}

/** Puts the run of a moment on record, as its schedule wants them to overlap; why it is passed over where it is. */
export function admit(opened: Store, { definition, moment, late, now }: Coming): string | undefined {
  const { name, overlap, catchUp } = definition;
  const open = openRuns(opened).filter(({ schedule }) => schedule === name);
  const waitsItsTurn = late && catchUp === 'all';
  if (overlap === 'skip' && open.length > 0 && !waitsItsTurn) return 'a run still went on';
  if (overlap === 'replace') for (const run of open) replace(opened, run, now);
  else if (open.length >= MOST_OPEN) return `${MOST_OPEN} of its runs waited or went on`;
  addRun(opened, { schedule: name, moment, definition, late });
  return undefined;
}

function replace(opened: Store, { id, state }: Run, now: number): void {
  if (state === 'begun') changeRun(opened, id, { replaced: true });
  else changeRun(opened, id, { state: 'ended', endedAt: now, outcome: 'cancelled', said: REPLACED });
}

export const REPLACED = 'a newer run took its place';
