import * as z from 'zod/mini';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import type { ProcessSpec } from './spec.ts';
import { type Exit, exitSchema, NEVER_RUN, type Status } from './status.ts';

export type Desired = 'running' | 'stopped';

/** One kept process as the database has it. */
export interface ProcessRecord {
  spec: ProcessSpec;
  desired: Desired;
  status: Status;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** One run of a process, from its start to its end. */
export interface RunRecord {
  run: string;
  identity: string | null;
  startedAt: number;
  endedAt: number | null;
  exit: Exit | null;
}

/** Runs of one process that are remembered. */
const RUNS_KEPT = 50;

export function readProcesses({ database }: Store): ProcessRecord[] {
  return database.prepare('SELECT * FROM processes ORDER BY name').all().map(recordOf);
}

export function readProcess({ database }: Store, name: string): ProcessRecord | undefined {
  const row = database.prepare('SELECT * FROM processes WHERE name = ?').get(name);
  return row && recordOf(row);
}

/** The newest first. */
export function readRuns({ database }: Store, name: string): RunRecord[] {
  return database
    .prepare('SELECT * FROM runs WHERE process = ? ORDER BY started_at DESC, run')
    .all(name)
    .map((row) => ({
      run: String(row.run),
      identity: row.identity === null ? null : String(row.identity),
      startedAt: Number(row.started_at),
      endedAt: row.ended_at === null ? null : Number(row.ended_at),
      exit: row.exit === null ? null : z.parse(exitSchema, JSON.parse(String(row.exit))),
    }));
}

/** A process that is to run, new or with another specification. */
export function writeSpec({ database }: Store, spec: ProcessSpec, desired: Desired, at: number): void {
  database
    .prepare(
      `INSERT INTO processes VALUES ($name, $spec, $desired, $status, $at, $at)
       ON CONFLICT (name) DO UPDATE SET spec = $spec, desired = $desired, changed_at = $at`,
    )
    .run({
      name: spec.name,
      spec: JSON.stringify(spec),
      desired,
      status: JSON.stringify(NEVER_RUN),
      at,
    });
}

export function writeDesired({ database }: Store, name: string, desired: Desired, at: number): void {
  database.prepare('UPDATE processes SET desired = ?, changed_at = ? WHERE name = ?').run(desired, at, name);
}

/** Where the process is now, and with it how its run began or ended. */
export function writeStatus(store: Store, name: string, status: Status, at: number): void {
  const { database } = store;
  immediately(database, () => {
    database
      .prepare('UPDATE processes SET status = ?, changed_at = ? WHERE name = ?')
      .run(JSON.stringify(status), at, name);
    if (status.run !== null && status.startedAt !== null) writeRun(store, name, status);
  });
}

export function forget({ database }: Store, name: string): void {
  immediately(database, () => {
    database.prepare('DELETE FROM processes WHERE name = ?').run(name);
    database.prepare('DELETE FROM runs WHERE process = ?').run(name);
  });
}

function writeRun(
  { database }: Store,
  name: string,
  { run, identity, startedAt, endedAt, exit }: Status,
): void {
  database
    .prepare(
      `INSERT INTO runs VALUES ($run, $name, $identity, $startedAt, $endedAt, $exit)
       ON CONFLICT (run) DO UPDATE SET identity = coalesce($identity, identity), ended_at = $endedAt, exit = $exit`,
    )
    .run({ run, name, identity, startedAt, endedAt, exit: exit && JSON.stringify(exit) });
  database
    .prepare(
      `DELETE FROM runs WHERE process = $name AND started_at <
        (SELECT started_at FROM runs WHERE process = $name ORDER BY started_at DESC LIMIT 1 OFFSET ${RUNS_KEPT})`,
    )
    .run({ name });
}

/** Only this file writes them, and whole: to validate hundreds again would be a third of the time of a list. */
function recordOf(row: Record<string, unknown>): ProcessRecord {
  return {
    spec: JSON.parse(String(row.spec)) as ProcessSpec,
    desired: row.desired === 'running' ? 'running' : 'stopped',
    status: JSON.parse(String(row.status)) as Status,
    createdAt: Number(row.created_at),
  };
}
