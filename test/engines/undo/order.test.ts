import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Step } from '#engines/core/plan.ts';
import type { Answer } from '#engines/core/question.ts';
import { waitersOf } from '#engines/undo/waiters.ts';
import { createRemote, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createStage, type Stage, stepOf } from '../workspace/stage.ts';

const YES = { approval: { yes: true } } as const;
const NAMES = ['api', 'site', 'web'];

/** A workspace of three clones that one activity made. */
const initialise = async (world: World): Promise<Stage> => {
  const stage = createStage(world);
  for (const name of NAMES) await createRemote(world, world.path('remotes', `${name}.git`));
  const repos = NAMES.map((name) => world.path('remotes', `${name}.git`));
  await stage.receipt('workspace.init', { repos, name: 'shop' });
  return stage;
};

const isThere = (world: World, ...path: string[]) => existsSync(world.path('work', ...path));

/** What was begun, in that order, as the journal has it. */
const begunIn = async (stage: Stage, id: string): Promise<string[]> => {
  const { steps } = await stage.data<{ steps: { step: string; status: string }[] }>('activity.show', { id });
  return steps.filter(({ status }) => status === 'done').map(({ step }) => step);
};

describe('an undo of a manifest and its clones', () => {
  test('takes the clones back first and the manifest last, which waits for each of them', async ({
    world,
  }) => {
    const stage = await initialise(world);
    const { steps } = await stage.plan('undo');
    expect(steps.at(-1)).toMatchObject({ id: 'shop/1', op: 'workspace.manifest.write' });
    expect(steps.at(-1)?.after?.toSorted()).toEqual(['api/1', 'site/1', 'web/1']);
    expect(steps.slice(0, -1).every(({ after }) => after === undefined)).toBe(true);

    const { activity, status } = await stage.receipt('undo', {}, YES);
    expect(status).toBe('done');
    expect((await begunIn(stage, activity)).at(-1)).toBe('shop/1');
    expect(NAMES.filter((name) => isThere(world, name))).toEqual([]);
    expect(isThere(world, '.gantry', 'workspace.toml')).toBe(false);
  });

  test('leaves a clone with new work and with it the manifest, and the other clones go', async ({
    world,
  }) => {
    const stage = await initialise(world);
    await repoAt(world, world.path('work', 'site')).commit('New work', { 'new.txt': 'new\n' });

    const receipt = await stage.receipt('undo', {}, YES);
    expect(receipt.status).toBe('refused');
    const told = receipt.steps.map(({ target, status, failure }) =>
      [target.name, status, failure?.code].join(' ').trim(),
    );
    expect(told.toSorted()).toEqual([
      'api done',
      'shop refused undo-behind',
      'site refused undo-moved',
      'web done',
    ]);
    expect(NAMES.filter((name) => isThere(world, name))).toEqual(['site']);
    expect(isThere(world, '.gantry', 'workspace.toml')).toBe(true);
  });

  test('is done by the next undo once nothing is in its way, and undone in the order of the plan', async ({
    world,
  }) => {
    const stage = await initialise(world);
    const site = repoAt(world, world.path('work', 'site'));
    await site.commit('New work', { 'new.txt': 'new\n' });
    await stage.receipt('undo', { id: '1' }, YES);
    await site.git('reset', '--hard', '--quiet', 'HEAD~1');

    const { activity, status } = await stage.receipt('undo', { id: '1' }, YES);
    expect(status).toBe('done');
    expect(await begunIn(stage, activity)).toEqual(['site/1', 'shop/1']);
    expect(isThere(world, '.gantry', 'workspace.toml')).toBe(false);

    const redone = await stage.receipt('redo', { id: activity }, YES);
    expect(await begunIn(stage, redone.activity)).toEqual(['shop/1', 'site/1']);
    expect(isThere(world, 'site')).toBe(true);
  });

  test('stops before the manifest where a clone has moved while the plan was read', async ({ world }) => {
    const stage = await initialise(world);
    const answer = (): Answer => {
      writeFileSync(world.path('work', 'web', 'new.txt'), 'new\n');
      return { kind: 'yes' };
    };
    const receipt = await stage.receipt('undo', {}, { answer });
    expect(stepOf(receipt, 'web')).toMatchObject({ status: 'replan', failure: { code: 'world-moved' } });
    expect(stepOf(receipt, 'shop').summary).toBe('not reached: web/1 was replan');
    expect(NAMES.filter((name) => isThere(world, name))).toEqual(['web']);
    expect(isThere(world, '.gantry', 'workspace.toml')).toBe(true);
  });
});

describe('what waits for a step', () => {
  const step = (id: string, repo: string, after: string[] = []): Step => ({
    ...{ id, op: 'git.fetch', args: {}, effect: 'write', expects: [], after },
    target: { kind: 'repo', name: repo, path: `/${repo}` },
  });
  const waiters = (...steps: Step[]) =>
    Object.fromEntries([...waitersOf(steps)].map(([id, of]) => [id, [...of].toSorted()]));

  test('is all that waits for what waits for it, and what stands behind either', () => {
    expect(
      waiters(
        step('a/1', 'a'),
        step('b/1', 'b', ['a/1']),
        step('b/2', 'b'),
        step('c/1', 'c', ['b/2']),
        step('d/1', 'd'),
      ),
    ).toEqual({ 'a/1': ['b/1', 'b/2', 'c/1'], 'b/1': ['b/2', 'c/1'], 'b/2': ['c/1'], 'c/1': [], 'd/1': [] });
  });

  test('stands behind it also in a linked worktree of the same repo', () => {
    const linked: Step = {
      ...step('a/2', 'a'),
      target: { kind: 'repo', name: 'a', path: '/sets/x/a', repo: '/a' },
    };
    expect(waiters(step('a/1', 'a'), linked, step('b/1', 'b', ['a/2']))).toEqual({
      'a/1': ['a/2', 'b/1'],
      'a/2': ['b/1'],
      'b/1': [],
    });
  });
});
