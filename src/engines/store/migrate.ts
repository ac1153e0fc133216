import type { DatabaseSync } from 'node:sqlite';
import { storeError } from './errors.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import { immediately } from './transaction.ts';

/**
 * Brings the schema up to this program's version. A database that only a newer program may write is opened to be read;
 * one that only a newer program may read is refused.
 * Several processes may open a new database at once: the version is read again inside the transaction.
 */
export function migrate(database: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): void {
  const own = migrations.at(-1)?.version ?? 0;
  if (version(database) >= own) {
    guard(database, own);
    return;
  }
  immediately(database, () => {
    const found = version(database);
    for (const migration of migrations.filter((one) => one.version > found)) {
      database.exec(migration.sql);
      database.exec(
        'CREATE TABLE IF NOT EXISTS compatibility (reads INTEGER NOT NULL, writes INTEGER NOT NULL) STRICT',
      );
      database.exec('DELETE FROM compatibility');
      database.prepare('INSERT INTO compatibility VALUES (?, ?)').run(migration.reads, migration.writes);
      database.exec(`PRAGMA user_version = ${migration.version}`);
    }
  });
}

function guard(database: DatabaseSync, own: number): void {
  const { reads, writes } = database.prepare('SELECT reads, writes FROM compatibility').get() as {
    reads: number;
    writes: number;
  };
  if (own < reads)
    throw newer(`reading the database takes schema version ${reads}, and this Gantry knows ${own}`);
  if (own < writes) database.exec('PRAGMA query_only = ON');
}

export function newer(why: string) {
  return storeError('store-newer', `This Gantry is too old: ${why}.`, {
    next: ['npm install --global gantry@latest'],
  });
}

function version(database: DatabaseSync): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
