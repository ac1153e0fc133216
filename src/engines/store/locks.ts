import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process.ts';
import type { Store } from './store.ts';
import { immediately } from './transaction.ts';

/** Milliseconds that a lock's seeker waits between looks, and altogether. */
const LOOK_EVERY = 25;
const WAIT_AT_MOST = 10_000;

export interface LockHolder {
  activity: string;
  process: ProcessIdentity;
}

interface LockRequest extends LockHolder {
  target: string;
  signal: AbortSignal;
}

/**
 * Takes the lock of a target, waiting for another live activity to give it up.
 * Resolves with the holder when that takes too long; a lock whose process is dead is taken over.
 */
export async function lock(store: Store, request: LockRequest): Promise<LockHolder | undefined> {
  for (let waited = 0; ; waited += LOOK_EVERY) {
    const holder = tryLock(store, request);
    if (!holder || waited >= WAIT_AT_MOST) return holder;
    await delay(LOOK_EVERY, undefined, { signal: request.signal });
  }
}

export function unlock(store: Store, target: string, activity: string): void {
  store.database.prepare('DELETE FROM locks WHERE target = ? AND activity = ?').run(target, Number(activity));
}

/** The live activity that has the lock of a target. */
export function holderOf({ database }: Store, target: string): LockHolder | undefined {
  const row = database.prepare('SELECT activity, process FROM locks WHERE target = ?').get(target);
  if (!row || !isAlive(String(row.process))) return undefined;
  return { activity: String(row.activity), process: String(row.process) };
}

function tryLock(store: Store, { target, activity, process }: LockRequest): LockHolder | undefined {
  const { database } = store;
  return immediately(database, () => {
    const holder = holderOf(store, target);
    if (holder && holder.activity !== activity) return holder;
    database
      .prepare('INSERT OR REPLACE INTO locks (target, activity, process) VALUES (?, ?, ?)')
      .run(target, Number(activity), process);
    return undefined;
  });
}
