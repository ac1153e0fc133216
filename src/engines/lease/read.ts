import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { type Store, store } from '#engines/store/store.ts';
import { placesOf } from './place.ts';
import type { Lease } from './types.ts';

/** Milliseconds for which a lease that has ended is still shown. */
export const SHOWN_AFTER_END = 86_400_000;

/** A lease with what only this engine asks about. */
export interface KeptLease extends Lease {
  /** Root of the workspace in which it was taken, without links. */
  workspace: string;
  /** How long it lasts unless its holder is heard of, in seconds. */
  seconds: number;
  /** When it ends, in milliseconds since the epoch. */
  expiresAt: number;
}

/** The leases that hold now, of every workspace of this machine, by the absolute path of the repo or worktree. */
export function liveLeases(context: Pick<Context, 'use' | 'now'>): Map<string, KeptLease> {
  return new Map([...shownLeases(context)].filter(([, { live }]) => live));
}

/** Also those that ended by themselves less than a day ago, and that nobody has taken since. */
export function shownLeases(context: Pick<Context, 'use' | 'now'>): Map<string, KeptLease> {
  return new Map(keptLeases(context.use(store), context.now()).map((lease) => [lease.id, lease]));
}

/** What covers a target: the lease on it, and the one on the whole repo. */
export function leasesOn<L extends { id: string }>(
  leases: ReadonlyMap<string, L>,
  target: Pick<Target, 'path' | 'repo'>,
): L[] {
  if (leases.size === 0) return [];
  return placesOf(target).flatMap((place) => leases.get(place) ?? []);
}

/** All that hold, and those that ended less than a day ago. */
export function keptLeases({ database }: Store, now: number): KeptLease[] {
  return database
    .prepare('SELECT * FROM leases WHERE beat_at + lasts > ? ORDER BY repo, worktree_set, path')
    .all(now - SHOWN_AFTER_END)
    .map((row) => leaseOf(row, now));
}

export function leaseAt({ database }: Store, path: string, now: number): KeptLease | undefined {
  const row = database.prepare('SELECT * FROM leases WHERE path = ?').get(path);
  return row && leaseOf(row, now);
}

function leaseOf(row: Record<string, unknown>, now: number): KeptLease {
  const text = (value: unknown) => (value === null ? null : String(value));
  const expiresAt = Number(row.beat_at) + Number(row.lasts);
  return {
    id: String(row.path),
    repo: String(row.repo),
    set: text(row.worktree_set),
    holder: String(row.holder),
    note: text(row.note),
    live: expiresAt > now,
    takenAt: Number(row.taken_at),
    beatAt: Number(row.beat_at),
    ends: new Date(expiresAt).toISOString(),
    expiresAt,
    workspace: String(row.workspace),
    seconds: Number(row.lasts) / 1000,
  };
}
