import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, expectUnlocked } from '../evidence.ts';

const WAITS = 'until [ -e ../go ]; do sleep 0.02; done; echo first >> ../order';
const FOLLOWS = 'echo second >> ../order';

const exec = (script: string) => ['workspace', 'exec', '--json', '--', 'sh', '-c', script];

const running = async (world: World, count: number) =>
  until(
    async () => {
      const { json } = await world.gantry(['activity', 'list', '--json']);
      const { activities } = json<{ activities: { status: string }[] }>().data;
      return activities.filter(({ status }) => status === 'running').length === count;
    },
    { what: `${count} activities to run` },
  );

import { succeed } from '../succeed.ts';

describe('two processes that change one repo', () => {
  test('do it one after the other', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const first = world.startGantry(exec(WAITS));
    await running(world, 1);
    const second = world.startGantry(exec(FOLLOWS));
    await running(world, 2);
    await writeFile(workspace.path('go'), '');
    expect([(await first.exit).code, (await second.exit).code]).toEqual([0, 0]);
    expect(await readFile(workspace.path('order'), 'utf8')).toBe('first\nsecond\n');
  });

  test('do not wait for one another for ever: the second is told who is at it', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const first = world.startGantry(['workspace', 'exec', '--repos', 'api', '--', 'sh', '-c', WAITS]);
    await running(world, 1);
    const second = await world.gantry(exec(FOLLOWS));
    expect(second.code).toBe(1);
    expect(second.json()).toMatchObject({
      error: {
        code: 'target-busy',
        message: 'Activity 1 is changing api.',
        next: ['gantry activity show 1'],
      },
      data: {
        repos: [
          { repo: 'api', status: 'refused' },
          { repo: 'web', status: 'done' },
        ],
      },
    });
    await writeFile(workspace.path('go'), '');
    expect((await first.exit).code).toBe(0);
  });

  test('take over what a dead one had locked', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const first = world.startGantry(exec(WAITS));
    await running(world, 1);
    await first.stop('SIGKILL');
    await succeed(world, exec('true'));
  });
});

test('many at once lose neither work nor a line of activity', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'unfetched', web: 'unfetched' });
  const ended = await Promise.all(Array.from({ length: 6 }, () => world.gantry(['workspace', 'sync'])));
  expect(ended.map(({ code, stderr }) => ({ code, stderr: code === 0 ? '' : stderr }))).toEqual(
    Array.from({ length: 6 }, () => ({ code: 0, stderr: '' })),
  );
  for (const name of workspace.names) {
    expect(await workspace.repo(name).oid()).toBe(await workspace.remote(name).oid('main'));
    await expectSound(workspace.repo(name));
  }
  const { json } = await world.gantry(['activity', 'list', '--json']);
  const { activities } = json<{ activities: { status: string; summary: string }[] }>().data;
  expect(activities.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'done'));
  await expectUnlocked(world);
});
