import { DatabaseSync } from 'node:sqlite';
import { isBusy } from '#engines/store/busy.ts';

export interface Lock {
  release(): void;
}

/**
 * Takes an exclusive lock, or nothing where another process has it. The lock is the kernel's on a file of no content,
 * taken through SQLite because Node has no call for it: it ends with its process however that dies, so it is never stale.
 */
export function tryLock(file: string): Lock | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    database.close();
    if (isBusy(thrown)) return undefined;
    throw thrown;
  }
  return { release: () => database.close() };
}
