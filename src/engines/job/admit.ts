import type { Store } from '#engines/store/store.ts';
import type { Job } from './job.ts';
import { addRun, changeRun, type Event, type Owner, openRuns, type Run } from './runs.ts';

/** Runs of one job that wait or go on at once; whoever needs more has another problem. */
const MOST_OPEN = 100;

interface Coming {
  definition: Job;
  now: number;
  moment?: number;
  late?: boolean;
  event?: Event;
  /** It runs after whatever goes on, though its job leaves others out. */
  waitsItsTurn?: boolean;
}

/** A run on record, or why there is none. */
export type Admission = { run: number } | { why: string };

/** Puts a run on record, as its job wants them to overlap. */
export function admit(
  opened: Store,
  owner: Owner,
  { definition, now, moment, late = false, event, waitsItsTurn = false }: Coming,
): Admission {
  const { overlap } = definition;
  const open = openRuns(opened, owner);
  if (overlap === 'skip' && open.length > 0 && !waitsItsTurn) return { why: STILL };
  if (overlap === 'replace') for (const run of open) withdraw(opened, run, { why: REPLACED, now });
  else if (open.length >= MOST_OPEN) return { why: `${MOST_OPEN} of its runs waited or went on` };
  const run = addRun(opened, { ...owner, moment: moment ?? null, definition, late, event: event ?? null });
  return run === undefined ? { why: 'that moment has a run' } : { run };
}

/** Ends a run that waits; one that has begun is ended by whoever conducts it. */
export function withdraw(
  opened: Store,
  { id, state }: Pick<Run, 'id' | 'state'>,
  { why, now }: { why: string; now: number },
): void {
  if (state === 'begun') changeRun(opened, id, { withdrawn: why });
  if (state !== 'waiting') return;
  changeRun(opened, id, { state: 'ended', endedAt: now, outcome: 'cancelled', said: why });
}

export const STILL = 'a run still went on';
const REPLACED = 'a newer run took its place';
