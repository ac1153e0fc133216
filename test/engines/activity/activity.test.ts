import { utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { changesOf } from '#engines/activity/changes.ts';
import { begin, end } from '#engines/activity/journal.ts';
import { eachActivity, findActivity, listActivities, stepsOf } from '#engines/activity/read.ts';
import { identify } from '#engines/store/process.ts';
import { openStore } from '#engines/store/store.ts';
import { test } from '../../rig/test.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

test('many processes write at once and nothing is lost', async ({ world }) => {
  const file = world.path('gantry.db');
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const written = await Promise.all(
    names.map((name) => world.run(process.execPath, [WRITER, file, name, '25'])),
  );
  expect(written.map((one) => one.stderr)).toEqual(names.map(() => ''));

  const opened = openStore(file);
  const activities = listActivities(opened, { limit: 1_000 });
  for (const name of names) {
    const own = activities.filter((one) => one.actor.name === name);
    const summaries = own.flatMap((one) => stepsOf(opened, one, null).map((step) => step.summary));
    expect(summaries.toReversed()).toEqual(Array.from({ length: 25 }, (_, index) => `${name} ${index}`));
  }
  expect(new Set(activities.map((one) => one.id)).size).toBe(names.length * 25);
  opened.database.close();
});

test('all activities are read, newest first, however many there are', async ({ world }) => {
  const file = world.path('gantry.db');
  expect(await world.run(process.execPath, [WRITER, file, 'a', '120'])).toMatchObject({ code: 0 });
  const opened = openStore(file);
  const ids = [...eachActivity(opened)].map(({ id }) => Number(id));
  expect(ids).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index));
  expect([...eachActivity(opened, '/elsewhere')]).toEqual([]);
  opened.database.close();
});

test('a write is looked at again: it may not have counted yet when it was told of', async ({ world }) => {
  const opened = openStore(world.path('gantry.db'));
  const stop = new AbortController();
  const looks = changesOf(opened, stop.signal);
  await looks.next();
  utimesSync(`${opened.file}-wal`, 1, 1);
  expect((await looks.next()).done).toBe(false);
  expect((await looks.next()).done).toBe(false);
  stop.abort();
  expect((await looks.next()).done).toBe(true);
  opened.database.close();
});

test('an activity whose process died is interrupted, not running', async ({ world }) => {
  const opened = openStore(world.path('gantry.db'));
  const child = world.start('sleep', ['60']);
  const actor = { kind: 'human', name: 'ann', surface: 'shell', host: 'here', pid: child.pid } as const;
  const plan = { action: 'demo', input: {}, hash: null, steps: [], refused: [], settled: [] } as never;
  const id = begin(opened, { plan, actor, process: identify(child.pid) as string, at: 1 });
  expect(findActivity(opened, id)?.status).toBe('running');
  child.stop('SIGKILL');
  await child.exit;
  expect(findActivity(opened, id)?.status).toBe('interrupted');
  end(opened, id, { status: 'done', at: 2 });
  expect(findActivity(opened, id)?.status).toBe('done');
  opened.database.close();
});
