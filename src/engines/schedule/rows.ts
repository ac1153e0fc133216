import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { field } from '#engines/core/fields.ts';
import { OVERLAPS, wordsOf } from '#engines/job/job.ts';
import { moment, runFields, runRowOf } from '#engines/job/rows.ts';
import { endedRuns, openRuns, type Run } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import { AT_BOOT, momentsOf } from './cron/moments.ts';
import { zoneOf } from './cron/zone.ts';
import { CATCH_UPS, definitionSchema } from './definition.ts';
import type { Schedule } from './records.ts';

/** One run as it is shown. */
export const runRowSchema = z.object({
  ...runFields,
  moment: moment('The moment that it was due; null of a run by hand', 'DUE'),
  late: field(z.boolean(), { description: 'It made up for a moment that was missed' }),
});

export type RunRow = z.infer<typeof runRowSchema>;

/** A schedule as it is shown. */
export const scheduleSchema = z.object({
  id: field(z.string(), { description: 'Name', column: 'SCHEDULE' }),
  cron: field(z.string(), { description: 'When it runs', column: 'CRON' }),
  zone: field(z.string(), { description: 'Time zone', column: 'ZONE' }),
  paused: field(z.boolean(), { description: 'Nothing of it runs by itself', column: 'PAUSED' }),
  nextAt: moment('When it runs next; null while it is paused', 'NEXT'),
  next: field(z.array(z.number()), {
    description: 'When it runs the next times',
    unit: 'milliseconds since the epoch',
  }),
  running: field(z.number(), { description: 'Runs that go on', column: 'RUNNING' }),
  waiting: field(z.number(), { description: 'Runs that wait for one of them' }),
  lastAt: moment('Start of the last run that has ended', 'LAST'),
  outcome: field(runRowSchema.shape.outcome, { description: 'How that ended', column: 'OUTCOME' }),
  last: field(z.nullable(runRowSchema), { description: 'The last run that has ended' }),
  passed: field(z.nullable(z.object({ moment: z.number(), why: z.string() })), {
    description: 'The newest moment at which nothing was run, and why',
  }),
  about: field(z.string(), { description: 'What it runs', column: 'RUNS' }),
  overlap: field(z.enum(OVERLAPS), { description: 'What happens when it is time and a run still goes on' }),
  catchUp: field(z.enum(CATCH_UPS), { description: 'What happens to moments that were missed' }),
  workspace: field(z.nullable(z.string()), { description: 'Root of the workspace that it runs in' }),
  definition: definitionSchema,
});

export type ScheduleRow = z.infer<typeof scheduleSchema>;

/** Moments that are shown ahead. */
const AHEAD = 3;

export function scheduleRows(
  schedules: readonly Schedule[],
  context: Pick<Context, 'use' | 'now'>,
): ScheduleRow[] {
  const opened = context.use(store);
  return schedules.map(({ definition, paused, progress }) => {
    const { name, cron, overlap, catchUp, workspace, call } = definition;
    const zone = zoneOf(definition.zone);
    const next = paused ? [] : comingMoments({ cron, zone, count: AHEAD }, context.now());
    const owner = { kind: 'schedule', name } as const;
    const [last] = endedRuns(opened, owner, 1);
    const own = openRuns(opened, owner);
    return {
      ...{ id: name, cron, zone, paused, next, nextAt: next[0] ?? null },
      running: own.filter(({ state }) => state === 'begun').length,
      waiting: own.filter(({ state }) => state === 'waiting').length,
      lastAt: last?.startedAt ?? null,
      outcome: last?.outcome ?? null,
      last: last ? runRow(last) : null,
      ...{ passed: progress.passed, about: wordsOf(call), overlap, catchUp, workspace, definition },
    };
  });
}

export function runRow(run: Run): RunRow {
  const { moment, late } = run;
  return { ...runRowOf(run), moment, late };
}

/** The next so many moments; none of the start of a machine. */
export function comingMoments(
  { cron, zone, count }: { cron: string; zone: string; count: number },
  now: number,
): number[] {
  if (cron === AT_BOOT) return [];
  const moments = momentsOf(cron, zone);
  const found: number[] = [];
  for (let at = moments.after(now); at !== undefined && found.length < count; at = moments.after(at))
    found.push(at);
  return found;
}
