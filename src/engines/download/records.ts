import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import { type DownloadSpec, type DownloadState, QUEUED, specSchema, stateSchema } from './types.ts';

/** One transfer as the database has it. */
export interface DownloadRecord {
  id: number;
  spec: DownloadSpec;
  state: DownloadState;
  /** Of those that wait, the lowest goes first. */
  rank: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** Downloads that have ended and are remembered. */
const ENDED_KEPT = 500;

export function pathOf({ directory, file }: Pick<DownloadSpec, 'directory' | 'file'>): string {
  return join(directory, file);
}

/** In the order in which they go. */
export function readDownloads({ database }: Store): DownloadRecord[] {
  return database.prepare('SELECT * FROM downloads ORDER BY rank, id').all().map(recordOf);
}

export function readDownload({ database }: Store, id: number): DownloadRecord | undefined {
  const row = database.prepare('SELECT * FROM downloads WHERE id = ?').get(id);
  return row && recordOf(row);
}

/** The newest download to a path. */
export function downloadTo({ database }: Store, path: string): DownloadRecord | undefined {
  const row = database.prepare('SELECT * FROM downloads WHERE path = ? ORDER BY id DESC LIMIT 1').get(path);
  return row && recordOf(row);
}

/** Puts a download at the end of the queue; the ended ones of old are forgotten. */
export function addDownload(store: Store, spec: DownloadSpec, at: number): DownloadRecord {
  const { database } = store;
  return immediately(database, () => {
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO downloads (path, spec, state, phase, rank, created_at)
         VALUES ($path, $spec, $state, $phase, (SELECT coalesce(max(rank), 0) + 1 FROM downloads), $at)`,
      )
      .run({
        path: pathOf(spec),
        spec: JSON.stringify(spec),
        state: JSON.stringify(QUEUED),
        phase: QUEUED.phase,
        at,
      });
    database
      .prepare(
        `DELETE FROM downloads WHERE phase IN ('done', 'failed', 'cancelled') AND id NOT IN
         (SELECT id FROM downloads ORDER BY id DESC LIMIT ?)`,
      )
      .run(ENDED_KEPT);
    return readDownload(store, Number(lastInsertRowid)) as DownloadRecord;
  });
}

export function writeState({ database }: Store, id: number, state: DownloadState): void {
  database
    .prepare('UPDATE downloads SET state = ?, phase = ? WHERE id = ?')
    .run(JSON.stringify(state), state.phase, id);
}

/** How far one is, and what it fetches by now. */
export function writeProgress(
  { database }: Store,
  id: number,
  state: DownloadState,
  spec: DownloadSpec,
): void {
  database
    .prepare('UPDATE downloads SET state = ?, phase = ?, spec = ? WHERE id = ?')
    .run(JSON.stringify(state), state.phase, JSON.stringify(spec), id);
}

/** Before all others; or where it was, told by its rank. */
export function writeRank({ database }: Store, id: number, rank: number | 'first'): void {
  const to = rank === 'first' ? '(SELECT min(rank) - 1 FROM downloads)' : '?';
  database
    .prepare(`UPDATE downloads SET rank = ${to} WHERE id = ?`)
    .run(...(rank === 'first' ? [] : [rank]), id);
}

/** Whether any is on its way. */
export function isAnyOpen({ database }: Store): boolean {
  const sql = "SELECT 1 FROM downloads WHERE phase IN ('queued', 'active') LIMIT 1";
  return database.prepare(sql).get() !== undefined;
}

function recordOf(row: Record<string, unknown>): DownloadRecord {
  return {
    id: Number(row.id),
    spec: z.parse(specSchema, JSON.parse(String(row.spec))),
    state: z.parse(stateSchema, JSON.parse(String(row.state))),
    rank: Number(row.rank),
    createdAt: Number(row.created_at),
  };
}
