import * as z from 'zod/mini';
import type { Store } from '#engines/store/store.ts';
import { definitionSchema } from './definition.ts';

const moment = z.nullable(z.number());

export const OUTCOMES = ['done', 'failed', 'refused', 'cancelled', 'unknown'] as const;

/** What is known of one run, and survives the daemon. Moments are milliseconds since the epoch. */
const runSchema = z.object({
  /** `begun` is written before anything is done: from then on somebody has to find out what became of it. */
  state: z.enum(['waiting', 'begun', 'ended']),
  /** The schedule as it was when its time came. */
  definition: definitionSchema,
  /** It makes up for a moment that was missed. */
  late: z.boolean(),
  /** The step that asked for it, of a run by hand. */
  askedBy: z.nullable(z.string()),
  /** The daemon that began it, by pid and start. */
  daemon: z.nullable(z.string()),
  /** The newest activity there was when it was begun: its own is a newer one. */
  after: z.number(),
  activity: z.nullable(z.string()),
  /** Name of the kept process, of a command. */
  process: z.nullable(z.string()),
  /** Another run takes its place. */
  replaced: z.boolean(),
  startedAt: moment,
  endedAt: moment,
  outcome: z.nullable(z.enum(OUTCOMES)),
  said: z.nullable(z.string()),
});

export interface Run extends z.infer<typeof runSchema> {
  id: number;
  schedule: string;
  /** The moment that it runs for; null of a run by hand. */
  moment: number | null;
}

export type Outcome = NonNullable<Run['outcome']>;

/** Runs of one schedule that are remembered once they have ended. */
const KEPT = 50;

/** A run that waits; nothing where that moment has one already. */
export function addRun(
  { database }: Store,
  run: Pick<Run, 'schedule' | 'moment' | 'definition'> & Partial<Run>,
): number | undefined {
  const { schedule, moment, ...given } = run;
  const { lastInsertRowid, changes } = database
    .prepare('INSERT INTO schedule_runs (schedule, moment, run) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(schedule, moment, JSON.stringify({ ...WAITING, ...given }));
  return changes === 0 ? undefined : Number(lastInsertRowid);
}

const WAITING: Omit<z.infer<typeof runSchema>, 'definition'> = {
  state: 'waiting',
  late: false,
  askedBy: null,
  daemon: null,
  after: 0,
  activity: null,
  process: null,
  replaced: false,
  startedAt: null,
  endedAt: null,
  outcome: null,
  said: null,
};

/** Changes what is known of a run and returns it; nothing where it is forgotten. */
export function changeRun(
  store: Store,
  id: number,
  change: Partial<z.infer<typeof runSchema>>,
): Run | undefined {
  const known = readRun(store, id);
  if (!known) return undefined;
  const { schedule, moment, id: _, ...rest } = { ...known, ...change };
  store.database
    .prepare('UPDATE schedule_runs SET run = ?, ended_at = ? WHERE id = ?')
    .run(JSON.stringify(rest), rest.endedAt, id);
  if (rest.endedAt !== null) forgetOld(store, schedule);
  return { ...rest, id, schedule, moment };
}

export function readRun({ database }: Store, id: number): Run | undefined {
  const row = database.prepare('SELECT * FROM schedule_runs WHERE id = ?').get(id);
  return row && runOf(row);
}

/** Those that have not ended, the oldest first. */
export function openRuns({ database }: Store): Run[] {
  return database.prepare('SELECT * FROM schedule_runs WHERE ended_at IS NULL ORDER BY id').all().map(runOf);
}

/** Those that have ended, the newest first. */
export function endedRuns({ database }: Store, schedule: string, limit: number): Run[] {
  return database
    .prepare(
      'SELECT * FROM schedule_runs WHERE schedule = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ?',
    )
    .all(schedule, limit)
    .map(runOf);
}

/** A run by hand that a step asked for. */
export function runAskedBy({ database }: Store, step: string): Run | undefined {
  const row = database.prepare("SELECT * FROM schedule_runs WHERE run ->> 'askedBy' = ?").get(step);
  return row && runOf(row);
}

/** Those that were not begun: there is nothing left that they wait for. */
export function forgetWaiting({ database }: Store, schedule: string): void {
  database
    .prepare("DELETE FROM schedule_runs WHERE schedule = ? AND run ->> 'state' = 'waiting'")
    .run(schedule);
}

function forgetOld({ database }: Store, schedule: string): void {
  database
    .prepare(
      `DELETE FROM schedule_runs WHERE schedule = $schedule AND ended_at IS NOT NULL AND id <= (
         SELECT id FROM schedule_runs WHERE schedule = $schedule AND ended_at IS NOT NULL
         ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
    )
    .run({ schedule });
}

function runOf({ id, schedule, moment, run }: Record<string, unknown>): Run {
  return {
    ...z.parse(runSchema, JSON.parse(String(run))),
    id: Number(id),
    schedule: String(schedule),
    moment: moment === null ? null : Number(moment),
  };
}
