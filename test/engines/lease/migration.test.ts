import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { migrate } from '#engines/store/migrate.ts';
import { MIGRATIONS } from '#engines/store/migrations.ts';
import { openStore } from '#engines/store/store.ts';
import { test } from '../../rig/test.ts';

const BEFORE_LEASES = MIGRATIONS.filter(({ version }) => version < 2);

test('a database from before leases keeps what is in it', ({ world }) => {
  const file = world.path('gantry.db');
  const old = new DatabaseSync(file);
  migrate(old, BEFORE_LEASES);
  old.exec("INSERT INTO trust VALUES ('/shop', '[]', 'ada', 1)");
  old.close();
  const { database } = openStore(file);
  expect(database.prepare('SELECT workspace FROM trust').all()).toEqual([{ workspace: '/shop' }]);
  expect(database.prepare('SELECT * FROM leases').all()).toEqual([]);
  database.close();
});

test('a program that knows nothing of leases still reads, and changes nothing under them', ({ world }) => {
  const file = world.path('gantry.db');
  openStore(file).database.close();
  const database = new DatabaseSync(file);
  migrate(database, BEFORE_LEASES);
  expect(database.prepare('SELECT count(*) AS count FROM activities').get()).toEqual({ count: 0 });
  expect(() => database.exec("INSERT INTO locks VALUES ('repo:/api', 1, '1@1')")).toThrow(/readonly/);
  database.close();
});
