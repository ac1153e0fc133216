import { basename } from 'node:path';
import { findActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import type { RunRow } from '../rows.ts';
import type { WitnessEvent } from './read.ts';

const ENDS: ReadonlySet<string> = new Set(['run:success', 'run:run_failed', 'run:integrity_failed']);

/** What a witness comes to; undefined where it is of no run. */
export function rowOf(id: string, events: readonly WitnessEvent[], context: Context): RunRow | undefined {
  const start = events.find(({ type }) => type === 'run:start');
  if (!start || typeof start.artifact !== 'string') return undefined;
  const last = events.at(-1) as WitnessEvent;
  const startedAt = momentOf(start) ?? 0;
  const endedAt = ENDS.has(last.type) ? momentOf(last) : null;
  return {
    id,
    name: textOf(start.name) ?? basename(start.artifact, '.jos'),
    flow: textOf(start.flow),
    outcome: outcomeOf(start, last, context),
    steps: events.filter(({ type }) => type === 'run:step_complete').length,
    last: textOf(events.findLast(({ type }) => type === 'run:step_start')?.step),
    startedAt,
    duration: endedAt === null ? null : endedAt - startedAt,
    artifact: start.artifact,
    activity: textOf(start.activity),
  };
}

function outcomeOf(start: WitnessEvent, last: WitnessEvent, context: Context): RunRow['outcome'] {
  if (start.dryRun === true) return 'shown';
  if (last.type === 'run:success') return 'succeeded';
  if (ENDS.has(last.type) && last !== start) return 'failed';
  const activity = textOf(start.activity);
  const found = activity === null ? undefined : findActivity(context.use(store), activity);
  return found?.status === 'running' ? 'running' : 'unfinished';
}

export function momentOf({ timestamp }: WitnessEvent): number | null {
  const moment = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
