import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { openResident } from '#app/daemon/resident.ts';
import { openUpkeep } from '#app/daemon/upkeep.ts';
import { openHost } from '#app/invoke/host.ts';
import type { Activity } from '#engines/activity/types.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { lock, unlock } from '#engines/store/locks.ts';
import { identify } from '#engines/store/process.ts';
import { openStore } from '#engines/store/store.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace, type Workspace } from '../../rig/workspace.ts';
import { succeed } from '../../scenario/succeed.ts';
import { caller } from './client.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** A daemon's own work over a workspace that is being watched, at a clock of its own. */
async function watched(world: World, states: Record<string, State>, env: Record<string, string> = {}) {
  const workspace = await createWorkspace(world, states);
  const paths = pathsFrom(world.env);
  let now = Date.now();
  const host = openHost({
    env: { ...world.env, GANTRY_FETCH_INTERVAL: '10', ...env },
    paths,
    now: () => now,
  });
  const said: string[] = [];
  const log = (_: string, text: string) => void said.push(text);
  const askpass = { grant: () => ({ env: {}, revoke: () => {} }), close: () => {} };
  const resident = openResident({ host, askpass, version: '1.0.0', now: () => now, log, withdraw: () => {} });
  const upkeep = openUpkeep({ host, resident, paths, now: () => now, refresh: async () => {} });
  world.defer(() => resident.ended);
  world.defer(() => resident.stop(true));
  world.defer(upkeep.close);

  const rows = resident.hub.follow('repo.watch', {}, caller(world, { workspace: workspace.dir }));
  const reading = rows[Symbol.asyncIterator]();
  await reading.next();
  world.defer(() => reading.return?.());

  const activities = async () => {
    const outcome = await host.invoke({ action: 'activity.list', input: {} }, caller(world));
    return ((outcome as { data: unknown }).data as { activities: Activity[] }).activities;
  };
  const later = (milliseconds: number) => {
    now += milliseconds;
    return upkeep.tick();
  };
  return { workspace, tick: upkeep.tick, later, said, activities };
}

const isFetched = async (workspace: Workspace, name: string) =>
  (await workspace.repo(name).git('rev-list', '--count', 'HEAD..@{upstream}')) === '1';

describe('given a workspace that is watched and an interval', () => {
  test('when its time comes, then every repo is fetched, and no list or file of a person tells', async ({
    world,
  }) => {
    const { workspace, tick, activities } = await watched(world, { api: 'unfetched', web: 'local' });
    await tick();

    expect(await isFetched(workspace, 'api')).toBe(true);
    expect(existsSync(workspace.path('api', '.git', 'FETCH_HEAD'))).toBe(false);
    expect(await activities()).toEqual([]);
  });

  test('when the interval is 0, then nothing is fetched', async ({ world }) => {
    const { workspace, tick } = await watched(world, { api: 'unfetched' }, { GANTRY_FETCH_INTERVAL: '0' });
    await tick();
    expect(await isFetched(workspace, 'api')).toBe(false);
  });

  test('when somebody is changing a repo, then it is left until they are done', async ({ world }) => {
    const { workspace, tick } = await watched(world, { api: 'unfetched' });
    const store = openStore(world.path('home', '.local', 'state', 'gantry', 'gantry.db'));
    world.defer(() => store.database.close());
    const target = `repo:${workspace.path('api')}`;
    const holder = { activity: '1', process: identify(process.pid) as string };
    await lock(store, { ...holder, target, signal: AbortSignal.timeout(5_000) });
    await tick();
    expect(await isFetched(workspace, 'api')).toBe(false);

    unlock(store, target, '1');
    await tick();
    expect(await isFetched(workspace, 'api')).toBe(true);
  });

  test('when a remote fails, then it is tried less and less often, and again as ever once it answers', async ({
    world,
  }) => {
    const { workspace, tick, later, said } = await watched(world, { api: 'unfetched' });
    const repo = workspace.repo('api');
    const url = await repo.git('remote', 'get-url', 'origin');
    await repo.git('remote', 'set-url', 'origin', world.path('nowhere.git'));
    const failures = () => said.filter((text) => text.startsWith('fetch of api failed')).length;
    await tick();
    expect(failures()).toBe(1);
    await later(10 * MINUTE);
    expect(failures()).toBe(1);
    await later(10 * MINUTE);
    expect(failures()).toBe(2);

    await repo.git('remote', 'set-url', 'origin', url);
    await later(30 * MINUTE);
    expect(await isFetched(workspace, 'api')).toBe(false);
    await later(10 * MINUTE);
    expect(await isFetched(workspace, 'api')).toBe(true);
  });

  test('when a remote wants a password, then nobody is asked', async ({ world }) => {
    const server = createServer((_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end(),
    ).listen(0, '127.0.0.1');
    world.defer(() => server.close());
    await until(() => server.listening, { what: 'the server to listen' });
    const asked = world.path('asked');
    const askpass = world.path('askpass');
    writeFileSync(askpass, `#!/bin/sh\necho "$1" >'${asked}'\necho secret\n`, { mode: 0o755 });
    const { workspace, tick, said } = await watched(world, { api: 'clean' }, { GIT_ASKPASS: askpass });
    const { port } = server.address() as AddressInfo;
    const repo = workspace.repo('api');
    await repo.git('remote', 'set-url', 'origin', `http://127.0.0.1:${port}/api.git`);
    await repo.git('config', 'core.askPass', askpass);
    await tick();

    expect(said).toEqual([expect.stringContaining('fetch of api failed')]);
    expect(existsSync(asked)).toBe(false);
  });
});

test('given what was done so long ago that it can not be undone, then the journal forgets it', async ({
  world,
}) => {
  const { later, said, activities } = await watched(world, {}, { GANTRY_UNDO_KEEP_DAYS: '10' });
  await succeed(world, ['config', 'set', 'repo.budget', '900']);
  await later(9 * DAY);
  expect(await activities()).toHaveLength(1);
  await later(2 * DAY);
  expect(await activities()).toEqual([]);
  expect(said).toContain('forgot 1 activities');
});

describe('given removed files that have expired', () => {
  test('when nothing runs, then they are deleted once a day, by the schedule and for all to see', async ({
    world,
  }) => {
    const { tick, later, activities } = await watched(world, { api: 'clean' });
    const trash = (activity: string) => {
      const path = world.path('home', '.local', 'state', 'gantry', 'trash', activity);
      mkdirSync(path, { recursive: true });
      utimesSync(path, 0, 0);
      return path;
    };
    const first = trash('1');
    await tick();
    expect(existsSync(first)).toBe(false);
    expect(await activities()).toMatchObject([
      { action: 'undo.prune', status: 'done', who: 'prune (schedule, daemon)' },
    ]);

    const second = trash('2');
    await later(MINUTE);
    expect(existsSync(second)).toBe(true);
    await later(DAY);
    expect(existsSync(second)).toBe(false);
  });
});
