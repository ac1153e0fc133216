import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { publish } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, outcomesOf, stepOf } from './stage.ts';

describe('workspace sync', () => {
  test('it clones what is missing, forwards what can be, and says why the rest was left', async ({
    world,
  }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, {
      ahead: 'ahead',
      clean: 'clean',
      conflicted: 'conflicted',
      detached: 'detached',
      diverged: 'diverged',
      gone: 'gone',
      local: 'local',
      missing: 'clean',
      unfetched: 'unfetched',
    });
    await rm(workspace.path('missing'), { recursive: true });
    const published = await workspace.remote('unfetched').oid('main');

    const receipt = await stage.receipt('workspace.sync');

    expect(existsSync(workspace.path('missing', '.git'))).toBe(true);
    expect(await workspace.repo('unfetched').oid()).toBe(published);
    const last = (name: string) => outcomesOf(receipt, name).at(-1);
    expect(last('clean')).toBe('skipped: up to date');
    expect(last('ahead')).toMatch(/^skipped: ahead/);
    expect(last('unfetched')).toBe('done');
    for (const name of ['diverged', 'conflicted', 'detached', 'gone', 'local']) {
      expect(stepOf(receipt, name)).toMatchObject({
        status: 'refused',
        failure: { code: 'not-fast-forwarded', exit: 'git' },
      });
      expect(stepOf(receipt, name).failure?.next).not.toEqual([]);
    }
  });

  test('given a change in the way of the fast-forward, it is refused and the change stays', async ({
    world,
  }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, { api: 'clean' });
    await publish(workspace.site('api'));
    await workspace.repo('api').write('others.txt', 'mine\n');

    const receipt = await stage.receipt('workspace.sync', { repos: ['api'] });
    expect(stepOf(receipt, 'api').summary).toContain('local changes');
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe('?? others.txt');
  });

  test('given an unreachable remote, the others are brought up to date all the same', async ({ world }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, { api: 'unfetched', web: 'clean' });
    await rm(workspace.remote('web').dir, { recursive: true });

    const outcome = await stage.call('workspace.sync');
    expect(outcome).toMatchObject({
      kind: 'receipt',
      data: {
        repos: [
          { repo: 'api', status: 'done' },
          {
            repo: 'web',
            status: 'failed',
            summary: expect.stringContaining('does not appear to be a git repository'),
            next: `git -C ${workspace.repo('web').dir} remote -v`,
          },
        ],
      },
    });
  });

  test('given an unreachable remote, a pull and a fetch say of its row what failed and what to try', async ({
    world,
  }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, { web: 'clean' });
    await rm(workspace.remote('web').dir, { recursive: true });
    for (const action of ['repo.pull', 'repo.fetch'])
      expect(await stage.call(action)).toMatchObject({
        data: { repos: [{ repo: 'web', status: 'failed', next: expect.stringContaining('remote -v') }] },
      });
  });

  test('the plan names both ends before anything is fetched', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'unfetched' });
    const plan = await stage.plan('workspace.sync');
    expect(plan.described[1]?.calls.map(({ when }) => when)).toEqual(
      expect.arrayContaining(['behind', 'up-to-date', 'diverged', 'blocked']),
    );
  });
});

describe('workspace status', () => {
  test('it counts what is where', async ({ world }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, {
      api: 'dirty',
      web: 'behind',
      docs: 'clean',
      lost: 'clean',
    });
    await rm(workspace.path('lost'), { recursive: true });

    expect(await stage.data('workspace.status')).toMatchObject({
      name: 'demo',
      root: workspace.dir,
      manifest: workspace.path('.gantry', 'workspace.toml'),
      trusted: true,
      commands: [],
      counts: { repos: 4, cloned: 3, dirty: 1, ahead: 0, behind: 1, conflicted: 0, unknown: 0 },
      repos: [{ name: 'api' }, { name: 'web' }, { name: 'docs' }, { name: 'lost', state: 'missing' }],
    });
  });

  test('a clone that fetches from elsewhere than the manifest says is named, and so it is by a sync', async ({
    world,
  }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const { dir } = workspace.remote('web');
    await workspace.repo('api').git('remote', 'set-url', 'origin', dir);

    expect(await stage.data('workspace.status')).toMatchObject({
      repos: [
        { name: 'api', origin: dir },
        { name: 'web', origin: null },
      ],
    });
    await stage.plan('workspace.sync');
    expect(stage.reports).toContainEqual({
      kind: 'note',
      text: `api: fetches from ${dir}, not from ${workspace.remote('api').dir} as the manifest says`,
    });
  });
});
