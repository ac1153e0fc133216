import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in a short immediate transaction: the write lock is taken at once, so that no later upgrade can fail. */
export function immediately<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (thrown) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}
