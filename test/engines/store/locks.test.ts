import { expect } from 'vitest';
import { lock, unlock } from '#engines/store/locks.ts';
import { identify, isAlive } from '#engines/store/process.ts';
import { openStore } from '#engines/store/store.ts';
import { test } from '../../rig/test.ts';

const self = identify(process.pid) as string;
const idle = new AbortController().signal;

test('a lock is free, then held, then free again', async ({ world }) => {
  const opened = openStore(world.path('gantry.db'));
  const first = { target: 'repo:/a', activity: '1', process: self, signal: idle };
  expect(await lock(opened, first)).toBeUndefined();
  const second = lock(opened, { ...first, activity: '2' });
  unlock(opened, 'repo:/a', '1');
  expect(await second).toBeUndefined();
  opened.database.close();
});

test('waiting for a lock ends with the caller', async ({ world }) => {
  const opened = openStore(world.path('gantry.db'));
  const caller = new AbortController();
  await lock(opened, { target: 'repo:/a', activity: '1', process: self, signal: idle });
  const waiting = lock(opened, { target: 'repo:/a', activity: '2', process: self, signal: caller.signal });
  caller.abort();
  await expect(waiting).rejects.toThrow(/abort/i);
  opened.database.close();
});

test('the lock of a dead process is taken over', async ({ world }) => {
  const opened = openStore(world.path('gantry.db'));
  const child = world.start('sleep', ['60']);
  const dead = identify(child.pid) as string;
  await lock(opened, { target: 'repo:/a', activity: '1', process: dead, signal: idle });
  expect(isAlive(dead)).toBe(true);
  child.stop('SIGKILL');
  await child.exit;
  expect(
    await lock(opened, { target: 'repo:/a', activity: '2', process: self, signal: idle }),
  ).toBeUndefined();
  expect(isAlive(dead)).toBe(false);
  opened.database.close();
});

test('a pid that was given to a later process is not taken for the earlier one', () => {
  expect(isAlive(`${process.pid}@1`)).toBe(false);
  expect(isAlive(self)).toBe(true);
});
