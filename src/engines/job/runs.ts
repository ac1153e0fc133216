import * as z from 'zod/mini';
import type { Store } from '#engines/store/store.ts';
import { type Job, jobSchema, type Kind } from './job.ts';

const moment = z.nullable(z.number());

export const OUTCOMES = ['done', 'failed', 'refused', 'cancelled', 'unknown'] as const;

/** What has happened, for whatever is run because of it. */
const eventSchema = z.object({
  /** One line for people. */
  said: z.string(),
  env: z.record(z.string(), z.string()),
  /** File that it has on its standard input; it goes with the run. */
  input: z.nullable(z.string()),
  /** What whoever caused it knows it by. */
  key: z.nullable(z.string()),
});

export type Event = z.infer<typeof eventSchema>;

/** What is known of one run, and survives the daemon. Moments are milliseconds since the epoch. */
const runSchema = z.object({
  /** `begun` is written before anything is done: from then on somebody has to find out what became of it. */
  state: z.enum(['waiting', 'begun', 'ended']),
  /** The job as it was when its time came. */
  definition: jobSchema,
  /** Why it runs, of a trigger. */
  event: z._default(z.nullable(eventSchema), null),
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
  /** Why it is ended before its end: a newer run takes its place, somebody has taken it back. */
  withdrawn: z._default(z.nullable(z.string()), null),
  startedAt: moment,
  endedAt: moment,
  outcome: z.nullable(z.enum(OUTCOMES)),
  said: z.nullable(z.string()),
});

/** Whose runs are meant. */
export interface Owner {
  kind: Kind;
  name: string;
}

export interface Run extends z.infer<typeof runSchema>, Owner {
  id: number;
  /** The moment that it runs for; null of a run by hand, and of a trigger's. */
  moment: number | null;
}

export type Outcome = NonNullable<Run['outcome']>;

/** Runs of one job that are remembered once they have ended. */
const KEPT = 50;

/** A run that waits; nothing where that moment has one already. */
export function addRun(
  { database }: Store,
  run: Owner & { moment: number | null; definition: Job } & Partial<Run>,
): number | undefined {
  const { kind, name, moment, ...given } = run;
  const { lastInsertRowid, changes } = database
    .prepare('INSERT INTO job_runs (kind, name, moment, run) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(kind, name, moment, JSON.stringify({ ...WAITING, ...given }));
  return changes === 0 ? undefined : Number(lastInsertRowid);
}

const WAITING: Omit<z.infer<typeof runSchema>, 'definition'> = {
  state: 'waiting',
  event: null,
  late: false,
  askedBy: null,
  daemon: null,
  after: 0,
  activity: null,
  process: null,
  withdrawn: null,
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
  const { kind, name, moment, id: _, ...rest } = { ...known, ...change };
  store.database
    .prepare('UPDATE job_runs SET run = ?, ended_at = ? WHERE id = ?')
    .run(JSON.stringify(rest), rest.endedAt, id);
  if (rest.endedAt !== null) forgetOld(store, { kind, name });
  return { ...rest, id, kind, name, moment };
}

export function readRun({ database }: Store, id: number): Run | undefined {
  const row = database.prepare('SELECT * FROM job_runs WHERE id = ?').get(id);
  return row && runOf(row);
}

/** Those that have not ended, the oldest first; of one job where it is named. */
export function openRuns({ database }: Store, owner?: Owner): Run[] {
  const runs = database.prepare('SELECT * FROM job_runs WHERE ended_at IS NULL ORDER BY id').all().map(runOf);
  return owner ? runs.filter(({ kind, name }) => kind === owner.kind && name === owner.name) : runs;
}

/** Those that have ended, the newest first. */
export function endedRuns({ database }: Store, { kind, name }: Owner, limit: number): Run[] {
  return database
    .prepare(
      `SELECT * FROM job_runs WHERE kind = ? AND name = ? AND ended_at IS NOT NULL
       ORDER BY ended_at DESC, id DESC LIMIT ?`,
    )
    .all(kind, name, limit)
    .map(runOf);
}

/** Those of a job that have not ended, and those that have, the newest first. */
export function lastRuns(store: Store, owner: Owner, limit: number): Run[] {
  return [...openRuns(store, owner).toReversed(), ...endedRuns(store, owner, limit)].slice(0, limit);
}

/** A run by hand that a step asked for. */
export function runAskedBy({ database }: Store, step: string): Run | undefined {
  const row = database.prepare("SELECT * FROM job_runs WHERE run ->> 'askedBy' = ?").get(step);
  return row && runOf(row);
}

/** The newest run of an event that goes by a key. */
export function runOfKey({ database }: Store, key: string): Run | undefined {
  const row = database
    .prepare("SELECT * FROM job_runs WHERE run ->> '$.event.key' = ? ORDER BY id DESC LIMIT 1")
    .get(key);
  return row && runOf(row);
}

/** Those that were not begun: there is nothing left that they wait for. */
export function forgetWaiting({ database }: Store, { kind, name }: Owner): void {
  database
    .prepare("DELETE FROM job_runs WHERE kind = ? AND name = ? AND run ->> 'state' = 'waiting'")
    .run(kind, name);
}

function forgetOld({ database }: Store, { kind, name }: Owner): void {
  database
    .prepare(
      `DELETE FROM job_runs WHERE kind = $kind AND name = $name AND ended_at IS NOT NULL AND id <= (
         SELECT id FROM job_runs WHERE kind = $kind AND name = $name AND ended_at IS NOT NULL
         ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
    )
    .run({ kind, name });
}

function runOf({ id, kind, name, moment, run }: Record<string, unknown>): Run {
  return {
    ...z.parse(runSchema, JSON.parse(String(run))),
    id: Number(id),
    kind: kind === 'trigger' ? 'trigger' : 'schedule',
    name: String(name),
    moment: moment === null ? null : Number(moment),
  };
}
