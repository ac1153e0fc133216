import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { resource } from '#engines/core/resource.ts';
import { storeError } from './errors.ts';
import { migrate } from './migrate.ts';

/** How long a writer waits for another process's short transaction, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

export interface Store {
  database: DatabaseSync;
  /** The file, and its write-ahead log beside it, whose change tells that another process wrote. */
  file: string;
}

/** The database of this machine: activity, plans, journal, locks, trust. */
export const store = resource<Store>({
  id: 'store',
  open: ({ paths, env }) => openStore(join(env.GANTRY_STATE ?? paths.state, 'gantry.db')),
  close: ({ database }) => database.close(),
});

export function openStore(file: string): Store {
  try {
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    migrate(database);
    return { database, file };
  } catch (thrown) {
    throw unusable(file, thrown);
  }
}

function unusable(file: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown.name === 'GantryError') return thrown;
  return storeError('store-unusable', `The database ${file} could not be opened: ${thrown.message}.`, {
    next: ['gantry doctor', `df -h ${join(file, '..')}`],
    cause: thrown,
  });
}
