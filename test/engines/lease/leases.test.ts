import { rmSync, symlinkSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace, type Workspace, writeManifest } from '../../rig/workspace.ts';
import { DAY, MINUTE, openHouse, YES } from './house.ts';

const START = Date.parse('2026-01-02T03:04:05Z');

/** Linked worktrees where those of a set are. */
const addSet = async (workspace: Workspace, set: string, names: readonly string[]): Promise<void> => {
  for (const name of names)
    await workspace
      .repo(name)
      .git('worktree', 'add', '--quiet', '-b', set, workspace.path('.worktrees', set, name));
};

describe('a lease', () => {
  test('lasts for as long as it was taken for, is shown for a day after that, and then gone', async ({
    world,
  }) => {
    const { ada, clock } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    clock.at = START;
    await ada.receipt('lease.take', { name: 'api', for: 60, note: 'rebasing' });
    const lease = {
      id: world.path('work', 'api'),
      repo: 'api',
      set: null,
      holder: 'ada (human)',
      note: 'rebasing',
      live: true,
      takenAt: START,
      beatAt: START,
      ends: '2026-01-02T03:05:05.000Z',
    };
    expect(await ada.leases()).toEqual([lease]);
    clock.at = START + MINUTE;
    expect(await ada.leases()).toEqual([{ ...lease, live: false }]);
    clock.at = START + MINUTE + DAY;
    expect(await ada.leases()).toEqual([]);
  });

  test('is renewed by its holder, who takes it again', async ({ world }) => {
    const { ada, clock } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    clock.at = START;
    await ada.receipt('lease.take', { name: 'api', note: 'rebasing' });
    clock.at = START + 20 * MINUTE;
    const { steps } = await ada.receipt('lease.take', { name: 'api' });
    expect(steps).toMatchObject([{ status: 'done', summary: 'renewed by ada (human)' }]);
    expect(await ada.leases()).toMatchObject([
      { note: 'rebasing', takenAt: START, beatAt: clock.at, ends: '2026-01-02T03:54:05.000Z' },
    ]);
  });

  test('is renewed by every command that its holder applies there, and by nobody else', async ({ world }) => {
    const { ada, bob, clock } = openHouse(world);
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    clock.at = START;
    for (const name of ['api', 'web']) await ada.receipt('lease.take', { name });
    clock.at = START + MINUTE;
    await bob.receipt('repo.fetch', { repos: ['api'] });
    expect(await ada.leases()).toMatchObject([{ beatAt: START }, { beatAt: START }]);
    await ada.receipt('repo.fetch', { repos: ['api'] });
    expect(await ada.leases()).toMatchObject([{ repo: 'api', beatAt: clock.at }, { beatAt: START }]);
  });

  test('refuses somebody else with its holder and its end, until that has come', async ({ world }) => {
    const { ada, robot, clock } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    clock.at = START;
    await ada.receipt('lease.take', { name: 'api', note: 'rebasing' });
    const { steps } = await robot.receipt('lease.take', { name: 'api' });
    expect(steps).toMatchObject([
      {
        status: 'refused',
        failure: {
          code: 'leased',
          exit: 'denied',
          message: 'api is leased by ada (human) until 2026-01-02 03:34:05 UTC: rebasing.',
          next: ['gantry lease list', 'gantry lease release api --force'],
        },
      },
    ]);
    clock.at = START + 30 * MINUTE;
    await robot.receipt('lease.take', { name: 'api' });
    expect(await ada.leases()).toMatchObject([
      { holder: 'robot (agent)', note: null, live: true, takenAt: clock.at },
    ]);
  });

  test('goes by the place itself, however somebody came there', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    symlinkSync(world.path('work'), world.path('link'));
    await ada.receipt('lease.take', { name: 'api' }, { cwd: world.path('link') });
    expect(await bob.leases()).toMatchObject([{ id: world.path('work', 'api') }]);
    const { steps } = await bob.receipt('lease.take', { name: 'api' }, { cwd: world.path('link') });
    expect(steps).toMatchObject([{ status: 'refused', failure: { code: 'leased' } }]);
  });

  test('on a repo that two workspaces list is seen from both, and given up by either name', async ({
    world,
  }) => {
    const { ada, bob } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const shared = { name: 'shared', url: workspace.remote('api').dir, path: workspace.path('api') };
    await writeManifest(world.path('other'), 'other', [shared]);
    const cwd = world.path('other');
    for (const name of ['api', 'web']) await ada.receipt('lease.take', { name });
    expect(await bob.leases({ cwd })).toMatchObject([{ id: workspace.path('api'), repo: 'api' }]);
    const { steps } = await bob.receipt('lease.take', { name: 'shared' }, { cwd });
    expect(steps).toMatchObject([{ status: 'refused', failure: { code: 'leased' } }]);
    await ada.receipt('lease.release', { name: 'shared' }, { cwd });
    expect(await ada.leases()).toMatchObject([{ repo: 'web' }]);
  });

  test('on what there is not says so, and what it could be on', async ({ world }) => {
    const { ada } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    await addSet(workspace, 'login', ['api']);
    expect(await ada.failure('lease.take', { name: 'apj' })).toMatchObject({
      code: 'lease-target-unknown',
      message: 'There is no repo and no worktree set "apj". Did you mean api?',
    });
    expect(await ada.failure('lease.take', { name: '../work' })).toMatchObject({
      code: 'lease-target-unknown',
    });
    expect(await ada.failure('lease.take', { name: 'login', repo: 'web' })).toMatchObject({
      message: 'There is no worktree of web in a set "login".',
    });
    rmSync(workspace.path('web'), { recursive: true });
    const { steps } = await ada.receipt('lease.take', { name: 'web' });
    expect(steps).toMatchObject([{ status: 'refused', failure: { code: 'repo-absent' } }]);
  });
});

describe('a lease on a worktree set', () => {
  test('is one on each of its worktrees, or on that of one repo', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean', site: 'clean' });
    await addSet(workspace, 'login', ['api', 'web']);
    await bob.receipt('lease.take', { name: 'login', repo: 'web' });
    expect(await ada.leases()).toMatchObject([
      { id: workspace.path('.worktrees', 'login', 'web'), repo: 'web', set: 'login' },
    ]);
    await bob.receipt('lease.take', { name: 'login' });
    expect(await ada.leases()).toMatchObject([
      { repo: 'api', set: 'login' },
      { repo: 'web', set: 'login' },
    ]);
  });

  test('is taken whole or not at all', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    await addSet(workspace, 'login', ['api', 'web']);
    await bob.receipt('lease.take', { name: 'login', repo: 'web' });
    const { steps } = await ada.receipt('lease.take', { name: 'login' });
    expect(steps).toMatchObject([
      {
        status: 'refused',
        failure: { next: ['gantry lease list', 'gantry lease release login --repo web --force'] },
      },
    ]);
    expect(await ada.leases()).toMatchObject([{ repo: 'web', holder: 'bob (human)' }]);
  });

  test('is let go where the worktree is gone', async ({ world }) => {
    const { ada } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'clean' });
    await addSet(workspace, 'login', ['api']);
    await ada.receipt('lease.take', { name: 'login' });
    await workspace.repo('api').git('worktree', 'remove', workspace.path('.worktrees', 'login', 'api'));
    expect((await ada.receipt('lease.release', { name: 'login' })).status).toBe('done');
    expect(await ada.leases()).toEqual([]);
  });
});

describe('the holder', () => {
  test('is another where the name is the same and the kind is not', async ({ world }) => {
    const { ada, nightly } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await ada.receipt('lease.take', { name: 'api' });
    const { steps } = await nightly.receipt('lease.take', { name: 'api', as: 'ada' });
    expect(steps).toMatchObject([{ status: 'refused', failure: { details: { holder: 'ada (human)' } } }]);
  });

  test('is named by the script itself, for one lease or for all that it runs', async ({ world }) => {
    const { nightly } = openHouse(world);
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    await nightly.receipt('lease.take', { name: 'api', as: 'weekly' });
    await nightly.receipt('lease.take', { name: 'web' });
    expect(await nightly.leases()).toMatchObject([
      { repo: 'api', holder: 'weekly (script)' },
      { repo: 'web', holder: 'nightly (script)' },
    ]);
  });

  test('can be named by no person and no agent', async ({ world }) => {
    const { ada, robot } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    const named = { name: 'api', as: 'bob' };
    expect(await ada.failure('lease.take', named)).toMatchObject({ code: 'lease-name' });
    expect(await robot.failure('lease.take', named)).toMatchObject({
      code: 'lease-name',
      message: 'robot is no script (agent).',
    });
    await robot.receipt('lease.take', { name: 'api' }, { env: { GANTRY_HOLDER: 'bob' } });
    expect(await ada.leases()).toMatchObject([{ holder: 'robot (agent)' }]);
  });

  test('is not in the plan: it is the same, whoever makes it', async ({ world }) => {
    const { ada, robot } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    const [one, other] = [
      await ada.plan('lease.take', { name: 'api' }),
      await robot.plan('lease.take', { name: 'api' }),
    ];
    expect(one.hash).toBe(other.hash);
  });
});

describe('taking from another', () => {
  test('takes force and a yes, and an undo gives it back', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    await ada.receipt('lease.take', { name: 'api', note: 'rebasing' });
    const forced = { name: 'api', force: true };
    expect(await bob.call('lease.take', forced)).toMatchObject({ kind: 'approval' });
    const { activity } = await bob.receipt('lease.take', forced, YES);
    expect(await ada.leases()).toMatchObject([{ holder: 'bob (human)', note: null, live: true }]);
    await bob.receipt('undo', { id: activity });
    expect(await ada.leases()).toMatchObject([{ holder: 'ada (human)', note: 'rebasing', live: true }]);
    expect(await bob.call('lease.take', { name: 'web', force: true })).toMatchObject({ kind: 'receipt' });
  });
});

describe('letting go', () => {
  test('is for the holder, and for others only with force and a yes', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await ada.receipt('lease.take', { name: 'api' });
    const { steps } = await bob.receipt('lease.release', { name: 'api' });
    expect(steps).toMatchObject([{ status: 'refused', failure: { code: 'leased' } }]);
    const forced = { name: 'api', force: true };
    expect(await bob.call('lease.release', forced)).toMatchObject({
      kind: 'approval',
      plan: {
        described: [{ calls: [{ effect: 'destructive', summary: 'end the lease of ada (human) on api' }] }],
      },
    });
    expect(await ada.leases()).toHaveLength(1);
    await bob.receipt('lease.release', forced, YES);
    expect(await ada.leases()).toEqual([]);
  });

  test('asks nobody where it is one’s own, force or not', async ({ world }) => {
    const { ada } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await ada.receipt('lease.take', { name: 'api' });
    await ada.receipt('lease.release', { name: 'api', force: true });
    expect(await ada.leases()).toEqual([]);
  });

  test('of what nobody holds is nothing to do', async ({ world }) => {
    const { ada, clock } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    const nothing = [{ status: 'skipped', summary: 'nobody holds it' }];
    expect((await ada.receipt('lease.release', { name: 'api' })).steps).toMatchObject(nothing);
    clock.at = START;
    await ada.receipt('lease.take', { name: 'api' });
    clock.at = START + DAY;
    expect((await ada.receipt('lease.release', { name: 'api' })).steps).toMatchObject(nothing);
  });
});

describe('undo', () => {
  test('of taking lets go, and of letting go takes it again for the same holder', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await ada.receipt('lease.take', { name: 'api', note: 'rebasing', for: 600 });
    await ada.receipt('undo');
    expect(await ada.leases()).toEqual([]);
    await ada.receipt('redo');
    const { activity } = await bob.receipt('lease.release', { name: 'api', force: true }, YES);
    await bob.receipt('undo', { id: activity });
    expect(await ada.leases()).toMatchObject([{ holder: 'ada (human)', note: 'rebasing', live: true }]);
  });

  test('of letting go is refused where somebody else holds it since', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await ada.receipt('lease.take', { name: 'api' });
    const { activity } = await ada.receipt('lease.release', { name: 'api' });
    await bob.receipt('lease.take', { name: 'api' });
    const { steps } = await ada.receipt('undo', { id: activity });
    expect(steps).toMatchObject([
      {
        failure: { code: 'undo-moved', message: 'api: its lease is bob (human) for 1800 s, not none.' },
      },
    ]);
  });

  test('of taking is refused once it is held in another way, and says how', async ({ world }) => {
    const { ada } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    const { activity } = await ada.receipt('lease.take', { name: 'api', note: 'rebasing' });
    const second = await ada.receipt('lease.take', { name: 'api', note: 'merging' });
    expect((await ada.receipt('undo', { id: activity })).steps).toMatchObject([
      {
        failure: {
          code: 'undo-moved',
          message: expect.stringMatching(/1800 s: merging, not ada \(human\) for 1800 s: rebasing/),
        },
      },
    ]);
    await ada.receipt('undo', { id: second.activity });
    expect(await ada.leases()).toMatchObject([{ note: 'rebasing', live: true }]);
  });

  test('never stops at a heartbeat, a lease that has ended or that of somebody else', async ({ world }) => {
    const { ada, bob, clock } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'behind', web: 'clean', site: 'clean' });
    const before = await workspace.repo('api').oid();
    clock.at = START;
    await ada.receipt('repo.pull', { repos: ['api'] });
    await ada.receipt('lease.take', { name: 'web', for: 60 });
    clock.at = START + MINUTE;
    await ada.receipt('lease.take', { name: 'api' });
    await ada.receipt('lease.release', { name: 'api' });
    await bob.receipt('lease.take', { name: 'site' });
    await bob.receipt('lease.take', { name: 'site' });
    await ada.receipt('undo');
    await ada.receipt('undo');
    await ada.receipt('undo');
    expect(await workspace.repo('api').oid()).toBe(before);
    expect(await ada.leases()).toMatchObject([
      { repo: 'site', live: true },
      { repo: 'web', live: false },
    ]);
  });
});

describe('the watch', () => {
  test('tells of what is taken and let go', async ({ world }) => {
    const { ada, robot } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    const stop = new AbortController();
    const rows = ada.watch(stop.signal);
    expect((await rows.next()).value).toEqual({ set: [], drop: [], complete: true });
    await robot.receipt('lease.take', { name: 'api' });
    const id = world.path('work', 'api');
    expect((await rows.next()).value).toMatchObject({ set: [{ id, holder: 'robot (agent)', live: true }] });
    await robot.receipt('lease.release', { name: 'api' });
    expect((await rows.next()).value).toMatchObject({ set: [], drop: [id] });
    stop.abort();
    expect((await rows.next()).done).toBe(true);
  });

  test('tells of what ends by itself when it does, though nobody writes', async ({ world }) => {
    const { ada, robot } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await robot.receipt('lease.take', { name: 'api', for: 2 });
    const rows = ada.watch(new AbortController().signal);
    expect((await rows.next()).value).toMatchObject({ set: [{ live: true }] });
    expect((await rows.next()).value).toMatchObject({ set: [{ live: false }], drop: [] });
    await rows.return?.();
  });
});
