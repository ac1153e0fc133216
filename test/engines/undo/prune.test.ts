import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, type Stage, stepOf } from '../workspace/stage.ts';

const YES = { approval: { yes: true } } as const;
const DAY = 86_400_000;

const trash = (world: World, activity: string) =>
  world.path('home', '.local', 'state', 'gantry', 'trash', activity);

const removed = async (stage: Stage, repo: string) =>
  (await stage.receipt('workspace.remove', { repo, delete: true }, YES)).activity;

const age = (world: World, activity: string, days: number) => {
  const at = (Date.now() - days * DAY) / 1000;
  utimesSync(trash(world, activity), at, at);
};

describe('removed files', () => {
  test('that are older than the settings keep are deleted, and the younger ones stay', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean', web: 'clean', site: 'clean' });
    const [old, young] = [await removed(stage, 'api'), await removed(stage, 'web')];
    age(world, old, 31);
    age(world, young, 29);

    const plan = await stage.plan('undo.prune');
    expect(plan.steps).toMatchObject([
      {
        op: 'workspace.trash.delete',
        args: { activities: [old] },
        effect: 'destructive',
        irreversible: true,
      },
    ]);
    expect((await stage.receipt('undo.prune', {}, YES)).status).toBe('done');
    expect([existsSync(trash(world, old)), existsSync(trash(world, young))]).toEqual([false, true]);

    const late = await stage.receipt('undo', { id: old });
    expect(stepOf(late, 'api')).toMatchObject({ status: 'refused', failure: { code: 'undo-gone' } });
    expect((await stage.receipt('undo', { id: young })).status).toBe('done');
    expect(existsSync(world.path('work', 'web', '.git'))).toBe(true);
  });

  test('that take more room than the settings allow go, the oldest first', async ({ world }) => {
    const stage = createStage(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean', site: 'clean' });
    for (const name of ['api', 'web']) {
      mkdirSync(workspace.path(name, '.git', 'bulk'));
      writeFileSync(workspace.path(name, '.git', 'bulk', 'data'), Buffer.alloc(700_000, 'x'));
    }
    const [first, second] = [await removed(stage, 'api'), await removed(stage, 'web')];
    age(world, first, 2);
    age(world, second, 1);
    await stage.receipt('config.set', { key: 'undo.keepMegabytes', value: '1' });

    await stage.receipt('undo.prune', {}, YES);
    expect([existsSync(trash(world, first)), existsSync(trash(world, second))]).toEqual([false, true]);
  });

  test('all go where all are to be forgotten, and those of other workspaces stay', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const own = await removed(stage, 'api');
    const foreign = trash(world, '4000');
    mkdirSync(foreign);

    await stage.receipt('undo.prune', { all: true }, YES);
    expect([existsSync(trash(world, own)), existsSync(foreign)]).toEqual([false, true]);
  });

  test('without any that is old there is nothing to do', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    expect((await stage.plan('undo.prune')).steps).toEqual([]);
  });
});

test('a commit that was kept when its last name went is forgotten like a snapshot', async ({ world }) => {
  const stage = createStage(world);
  const workspace = await createWorkspace(world, { api: 'clean' });
  const kept = () => workspace.repo('api').git('for-each-ref', '--format=%(refname)', 'refs/gantry');
  await workspace.repo('api').git('tag', '--annotate', '--message=First', 'v1');
  const { activity } = await stage.receipt('repo.tag', { name: 'v1', delete: true, repos: ['api'] }, YES);
  expect(await kept()).toMatch(/\/kept$/);

  await stage.receipt('undo.prune', { all: true }, YES);
  expect(await kept()).toBe('');
  const late = await stage.receipt('undo', { id: activity });
  expect(stepOf(late, 'api')).toMatchObject({ status: 'refused', failure: { code: 'undo-gone' } });
});
