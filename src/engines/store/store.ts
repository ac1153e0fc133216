import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pause } from '#engines/core/pause.ts';
import { resource, type World } from '#engines/core/resource.ts';
import { quote } from '#engines/core/shell.ts';
import { isBusy } from './busy.ts';
import { storeError } from './errors.ts';
import { migrate, newer } from './migrate.ts';

/** How long a writer waits for another process's short transaction, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/** In milliseconds. */
const RETRY_INTERVAL = 5;

export interface Store {
  database: DatabaseSync;
  /** The file, and its write-ahead log beside it, whose change tells that another process wrote. */
  file: string;
}

const SQLITE_READONLY = 8;

/** The database of this machine: activity, plans, journal, locks, trust. */
export const store = resource<Store>({
  id: 'store',
  open: (world) => openStore(fileOf(world)),
  close: ({ database }) => database.close(),
});

function fileOf({ paths, env }: Pick<World, 'paths' | 'env'>): string {
  return join(env.GANTRY_STATE ?? paths.state, 'gantry.db');
}

/** SQLITE_READONLY, SQLITE_IOERR and SQLITE_FULL: the database is well, and the disk takes nothing. */
const DISK_ERRORS = new Set([SQLITE_READONLY, 10, 13]);

/** What the database threw because it can't be written, as a failure that says why; anything else as it is. */
export function unwritten(thrown: unknown, world: Pick<World, 'paths' | 'env'>): unknown {
  const { errcode, message } = (thrown ?? {}) as { errcode?: number; message?: string };
  if (errcode === undefined || !DISK_ERRORS.has(errcode & 0xff)) return thrown;
  const file = fileOf(world);
  if ((errcode & 0xff) === SQLITE_READONLY && isWritable(file))
    return newer('only newer ones may write the database');
  return storeError('store-unwritable', `The database ${file} could not be written: ${message}.`, {
    next: [`df -h ${quote(dirname(file))}`, 'gantry activity list'],
    cause: thrown,
  });
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function openStore(file: string): Store {
  try {
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    writeAhead(database);
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    migrate(database);
    return { database, file };
  } catch (thrown) {
    throw unusable(file, thrown);
  }
}

/**
 * Several processes may open a new database at once. SQLite doesn't let them wait for one another while they switch its
 * journal: it fails at once, as otherwise two who read and both want to write would wait for ever.
 */
function writeAhead(database: DatabaseSync): void {
  const end = Date.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (thrown) {
      if (!isBusy(thrown) || Date.now() > end) throw thrown;
      pause(RETRY_INTERVAL);
    }
  }
}

function unusable(file: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown.name === 'GantryError') return thrown;
  return storeError('store-unusable', `The database ${file} could not be opened: ${thrown.message}.`, {
    next: [`ls -l ${quote(file)}`, `df -h ${quote(dirname(file))}`],
    cause: thrown,
  });
}
