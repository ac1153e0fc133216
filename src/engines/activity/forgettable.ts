import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '#engines/store/store.ts';

/** What of the journal stays. */
export interface Bounds {
  /** Moment before which an activity has to have ended to go. */
  before: number;
  /** Activities of one schedule or trigger that stay at the most. */
  most: number;
}

/** One that stays, and one that stays with it. */
type Tie = readonly [holder: number, held: number];

/** Activities that are looked at, or forgotten, in one go: others are to read and write in between. */
export const BATCH = 200;

/**
 * The activities that may go, those together that can only go at once. What may still go on stays, and so does what
 * anything that stays has to do with: an undo, a lock, a run.
 */
export async function forgettable(opened: Store, bounds: Bounds, signal: AbortSignal): Promise<number[][]> {
  const gone = new Set([...ended(opened, bounds), ...surplus(opened, bounds)]);
  for (const id of held(opened)) gone.delete(id);
  const begun = firstBegun(opened);
  for (const id of [...gone].filter((one) => one > begun)) gone.delete(id);
  const ties = undoTies(opened);
  const broken = brokenCalls(opened);
  for (const batch of batchesOf([...gone].map((id) => [id]))) {
    for (const id of withUnknown(opened, batch)) gone.delete(id);
    ties.push(...finishTies(opened, batch, broken));
    await turn(undefined, { signal });
  }
  keepTied(gone, ties);
  return together(gone, ties);
}

/** As few as have so many. */
export function* batchesOf(groups: readonly number[][]): Generator<number[]> {
  let batch: number[] = [];
  for (const group of groups) {
    batch.push(...group);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function ended({ database }: Store, { before }: Bounds): number[] {
  const old = database.prepare("SELECT id FROM activities WHERE status <> 'running' AND ended_at < ?");
  return idsOf(old.all(before));
}

function surplus({ database }: Store, { most }: Bounds): number[] {
  const rows = database
    .prepare(
      `SELECT id FROM (
         SELECT id, status, row_number() OVER (PARTITION BY actor ->> 'kind', actor ->> 'name' ORDER BY id DESC) AS place
         FROM activities WHERE actor ->> 'kind' IN ('schedule', 'trigger'))
       WHERE place > ? AND status <> 'running'`,
    )
    .all(most);
  return idsOf(rows);
}

/** What somebody is at, or a run of a schedule or trigger tells of. */
function held({ database }: Store): number[] {
  const rows = database
    .prepare(
      `SELECT activity AS id FROM locks
       UNION SELECT CAST(run ->> 'activity' AS INTEGER) FROM job_runs WHERE run ->> 'activity' IS NOT NULL`,
    )
    .all();
  return idsOf(rows);
}

/** After the one with this id a run may have begun an activity that is not yet known to be its own. */
function firstBegun({ database }: Store): number {
  const row = database
    .prepare(
      "SELECT min(run ->> 'after') AS id FROM job_runs WHERE ended_at IS NULL AND run ->> 'state' = 'begun'",
    )
    .get();
  return row?.id == null ? Number.POSITIVE_INFINITY : Number(row.id);
}

/** Of some of its steps nobody knows whether they happened. */
function withUnknown({ database }: Store, ids: readonly number[]): number[] {
  const rows = database
    .prepare(
      `SELECT DISTINCT activity AS id FROM steps WHERE activity IN (SELECT value FROM json_each(?))
       AND (receipt IS NULL OR receipt ->> 'status' = 'unknown')`,
    )
    .all(JSON.stringify(ids));
  return idsOf(rows);
}

/** An undo and what it took back. */
function undoTies({ database }: Store): Tie[] {
  const rows = database
    .prepare(
      `SELECT id AS holder, undoes AS held FROM activities WHERE undoes IS NOT NULL
       UNION ALL SELECT id, undone_by FROM activities WHERE undone_by IS NOT NULL`,
    )
    .all();
  return rows.map(({ holder, held: tied }) => [Number(holder), Number(tied)]);
}

const CALL = 'json_array(action, workspace, input)';

/** What was broken off and may still go on, by what was called. */
function brokenCalls({ database }: Store): Map<string, number[]> {
  const rows = database
    .prepare(`SELECT id, ${CALL} AS call FROM activities WHERE status IN ('running', 'cancelled')`)
    .all();
  const byCall = Map.groupBy(rows, ({ call }) => String(call));
  return new Map([...byCall].map(([call, all]) => [call, idsOf(all)]));
}

/** What was broken off, and those of these that have come to their end instead of it. */
function finishTies({ database }: Store, ids: readonly number[], broken: Map<string, number[]>): Tie[] {
  if (broken.size === 0) return [];
  const rows = database
    .prepare(
      `SELECT id, ${CALL} AS call FROM activities
       WHERE status = 'done' AND id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return rows.flatMap(({ id, call }) =>
    (broken.get(String(call)) ?? []).filter((one) => one < Number(id)).map((one): Tie => [one, Number(id)]),
  );
}

/** What is tied to something that stays, stays; and what is tied to that. */
function keepTied(gone: Set<number>, ties: readonly Tie[]): void {
  for (let isSettled = false; !isSettled; ) {
    const kept = ties.filter(([holder, tied]) => !gone.has(holder) && gone.has(tied));
    for (const [, tied] of kept) gone.delete(tied);
    isSettled = kept.length === 0;
  }
}

/** Those that can only go in one transaction: each may name the other. */
function together(gone: ReadonlySet<number>, ties: readonly Tie[]): number[][] {
  const groups = new Map([...gone].map((id) => [id, [id]]));
  for (const [one, other] of ties) {
    const [into, from] = [groups.get(one), groups.get(other)];
    if (!into || !from || into === from) continue;
    into.push(...from);
    for (const id of from) groups.set(id, into);
  }
  return [...new Set(groups.values())];
}

function idsOf(rows: readonly Record<string, unknown>[]): number[] {
  return rows.map(({ id }) => Number(id));
}
