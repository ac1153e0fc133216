import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { migrate } from '#engines/store/migrate.ts';
import { MIGRATIONS } from '#engines/store/migrations.ts';
import { openStore, unwritten } from '#engines/store/store.ts';
import { test } from '../../rig/test.ts';

const OPENER = fileURLToPath(new URL('opener.ts', import.meta.url));
const NEWEST = MIGRATIONS.at(-1)?.version ?? 0;

test('a new database has the newest schema and opens again', ({ world }) => {
  const file = world.path('state', 'gantry.db');
  openStore(file).database.close();
  const { database } = openStore(file);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: NEWEST });
  database.close();
});

test('many processes open a new database at once', async ({ world }) => {
  const start = String(Date.now() + 1_000);
  const openers = Array.from({ length: 6 }, () =>
    world.run(process.execPath, [OPENER, world.path('.'), start, '20']),
  );
  expect((await Promise.all(openers)).map(({ stderr }) => stderr)).toEqual(openers.map(() => ''));
});

test('a later schema that only adds is still written by an older program', ({ world }) => {
  const file = world.path('gantry.db');
  const { database } = openStore(file);
  const later = { version: NEWEST + 1, reads: 1, writes: 1, sql: 'CREATE TABLE later (id INTEGER) STRICT' };
  migrate(database, [...MIGRATIONS, later]);
  database.close();
  openStore(file).database.close();
});

test('a schema that needs a newer program is refused with the command that updates it', ({ world }) => {
  const file = world.path('gantry.db');
  const { database } = openStore(file);
  const breaking = { version: NEWEST + 1, reads: NEWEST + 1, writes: NEWEST + 1, sql: 'DROP TABLE trust' };
  migrate(database, [...MIGRATIONS, breaking]);
  database.close();
  expect(() => openStore(file)).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: 'store-newer', next: ['npm install --global gantry@latest'] }),
    }),
  );
});

test('a schema that only a newer program may write is still read', ({ world }) => {
  const file = world.path('gantry.db');
  const { database } = openStore(file);
  const stricter = { version: NEWEST + 1, reads: 1, writes: NEWEST + 1, sql: 'SELECT 1' };
  migrate(database, [...MIGRATIONS, stricter]);
  database.close();
  const older = openStore(file).database;
  expect(older.prepare('SELECT count(*) AS count FROM activities').get()).toEqual({ count: 0 });
  const paths = { state: world.path('.') } as never;
  const write = () => older.exec("INSERT INTO locks VALUES ('repo:x', 1, '1@1')");
  expect(write).toThrow(/readonly/);
  expect(unwritten(thrownBy(write), { paths, env: {} })).toMatchObject({ failure: { code: 'store-newer' } });
  older.close();
});

test('a migration that fails leaves the database as it was', ({ world }) => {
  const database = new DatabaseSync(world.path('gantry.db'));
  const broken = {
    version: 1,
    reads: 1,
    writes: 1,
    sql: 'CREATE TABLE one (id INTEGER); CREATE TABLE one (id INTEGER)',
  };
  expect(() => migrate(database, [broken])).toThrow(/already exists/);
  expect(database.prepare('SELECT name FROM sqlite_master').all()).toEqual([]);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 });
  database.close();
});

test('a file that is no database is one clear error', async ({ world }) => {
  const file = world.path('gantry.db');
  await world.run('sh', ['-c', 'head -c 4096 /dev/urandom > "$1"', 'sh', file]);
  expect(() => openStore(file)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'store-unusable' }) }),
  );
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}
