import { describe, expect } from 'vitest';
import type { Actor } from '#engines/core/actor.ts';
import type { Call, Draft, Step, Target } from '#engines/core/plan.ts';
import { withoutLeased } from '#engines/lease/guard.ts';
import { testContext } from '../../rig/context.ts';
import { createRemote } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { MINUTE, openHouse, YES } from './house.ts';

const START = Date.parse('2026-01-02T03:04:05Z');

describe('what destroys', () => {
  test('is refused under the lease of another, who is named, and nothing else is', async ({ world }) => {
    const { ada, robot } = openHouse(world);
    await createWorkspace(world, { api: 'dirty', web: 'dirty' });
    await ada.receipt('lease.take', { name: 'api', note: 'rebasing' });

    const plan = await robot.plan('repo.reset', { repos: ['api', 'web'] });
    expect(plan.refused).toMatchObject([
      {
        target: { name: 'api' },
        failure: {
          code: 'leased',
          exit: 'denied',
          message: 'api is leased by ada (human): rebasing.',
          next: ['gantry lease list', 'gantry lease release api --force'],
        },
      },
    ]);
    expect(new Set(plan.steps.map(({ target }) => target.name))).toEqual(new Set(['web']));
    const applied = await robot.receipt(
      'repo.reset',
      { repos: ['api', 'web'] },
      { approval: { plan: plan.hash } },
    );
    expect(applied.status).toBe('refused');
    expect((await robot.receipt('repo.fetch', { repos: ['api'] })).status).toBe('done');
  });

  test('goes on under the holder’s own lease, and under one that has ended', async ({ world }) => {
    const { ada, bob, clock } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'dirty' });
    clock.at = START;
    await ada.receipt('lease.take', { name: 'api', for: 60 });
    expect((await ada.receipt('repo.reset', { repos: ['api'] }, YES)).status).toBe('done');
    await workspace.repo('api').write('README.md', 'changed again\n');
    expect((await bob.receipt('repo.reset', { repos: ['api'] }, YES)).status).toBe('refused');
    clock.at = START + 2 * MINUTE;
    expect((await bob.receipt('repo.reset', { repos: ['api'] }, YES)).status).toBe('done');
  });

  test('is refused to an undo as well, with what would have followed', async ({ world }) => {
    const { ada, bob } = openHouse(world);
    const { dir: url } = await createRemote(world, world.path('remotes', 'api.git'));
    await bob.receipt('workspace.init', { repos: [url] });
    await ada.receipt('lease.take', { name: 'api' });
    const { status, steps } = await bob.receipt('undo', { id: '1' }, YES);
    expect(status).toBe('refused');
    expect(steps.map((one) => `${one.target.name} ${one.status} ${one.summary}`)).toEqual([
      'work skipped not reached: api is left alone',
      'api refused api is leased by ada (human).',
    ]);
    await ada.receipt('lease.release', { name: 'api' });
    expect((await bob.receipt('undo', { id: '1' }, YES)).status).toBe('done');
  });

  test('is refused to the undo of a reset, which asks nobody where no lease is in the way', async ({
    world,
  }) => {
    const { ada, bob } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const dirty = await workspace.repo('api').git('status', '--porcelain');
    const { activity } = await bob.receipt('repo.reset', { repos: ['api'] }, YES);
    await ada.receipt('lease.take', { name: 'api' });
    const { steps } = await bob.receipt('undo', { id: activity });
    expect(steps).toMatchObject([{ status: 'refused', failure: { code: 'leased' } }]);
    expect(await workspace.repo('api').git('status', '--porcelain')).not.toBe(dirty);
    await ada.receipt('lease.release', { name: 'api' });
    await bob.receipt('undo', { id: activity });
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe(dirty);
  });

  test('is refused by the same plan, however often the holder is heard of meanwhile', async ({ world }) => {
    const { ada, bob, clock } = openHouse(world);
    await createWorkspace(world, { api: 'dirty' });
    clock.at = START;
    await ada.receipt('lease.take', { name: 'api' });
    const { hash } = await bob.plan('repo.reset', { repos: ['api'] });
    clock.at = START + MINUTE;
    await ada.receipt('lease.take', { name: 'api' });
    expect((await bob.plan('repo.reset', { repos: ['api'] })).hash).toBe(hash);
  });

  test('is refused once more when it is reached: the lease was taken while the plan was read', async ({
    world,
  }) => {
    const { ada, bob } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const receipt = await bob.receipt(
      'repo.reset',
      { repos: ['api'] },
      {
        ask: async () => {
          await ada.receipt('lease.take', { name: 'api' });
          return { kind: 'yes' };
        },
      },
    );
    expect(receipt).toMatchObject({ status: 'refused' });
    expect(receipt.steps.find(({ failure }) => failure)).toMatchObject({
      status: 'refused',
      failure: { code: 'leased', message: 'api is leased by ada (human).' },
    });
    expect(await workspace.repo('api').git('status', '--porcelain')).not.toBe('');
  });
});

const write: Call = { op: 'git.switch', args: {}, effect: 'write' };
const destroy: Call = { op: 'git.reset', args: {}, effect: 'destructive' };

const main = (world: World, name = 'api'): Target => ({ kind: 'repo', name, path: world.path('work', name) });
const linked = (world: World, set: string, name = 'api'): Target => ({
  kind: 'repo',
  name,
  path: world.path('work', '.worktrees', set, name),
  repo: world.path('work', name),
});
const step = (id: string, target: Target, call: Call, after: string[] = []): Step => ({
  id,
  target,
  expects: [],
  after,
  ...call,
});

/** The ids of the steps that are left to somebody who is called bob. */
const leftTo = (world: World, steps: Step[], kind: Actor['kind'] = 'human') => {
  const actor: Actor = { kind, name: 'bob', surface: 'shell', host: 'test', pid: process.pid };
  const draft: Draft = withoutLeased({ steps }, testContext(world, { actor }));
  return {
    steps: draft.steps.map(({ id }) => id),
    refused: (draft.refused ?? []).map(({ target }) => target.path),
    settled: (draft.settled ?? []).map(({ target, reason }) => `${target.name}: ${reason}`),
  };
};

describe('a lease', () => {
  test('on a repo covers its worktrees, and one on a worktree neither the repo nor its other worktrees', async ({
    world,
  }) => {
    const { ada } = openHouse(world);
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    for (const set of ['login', 'search'])
      await workspace
        .repo('web')
        .git('worktree', 'add', '--quiet', '-b', set, workspace.path('.worktrees', set, 'web'));
    await ada.receipt('lease.take', { name: 'api' });
    await ada.receipt('lease.take', { name: 'login' });

    const one = (target: Target) => leftTo(world, [step('one', target, destroy)]).steps;
    expect(one(main(world))).toEqual([]);
    expect(one(linked(world, 'login'))).toEqual([]);
    expect(one(linked(world, 'login', 'web'))).toEqual([]);
    expect(one(linked(world, 'search', 'web'))).toEqual(['one']);
    expect(one(main(world, 'web'))).toEqual(['one']);
  });

  test('stands against a choice that may destroy', async ({ world }) => {
    const { ada } = openHouse(world);
    await createWorkspace(world, { api: 'clean' });
    await ada.receipt('lease.take', { name: 'api' });
    const choice = (outcomes: Record<string, Call>): Step => ({
      ...{ id: 'choice', target: main(world), expects: [], fact: 'git.head', args: {} },
      outcomes,
    });
    expect(leftTo(world, [choice({ behind: write })]).steps).toEqual(['choice']);
    expect(leftTo(world, [choice({ behind: write, diverged: destroy })]).steps).toEqual([]);
  });

  test('leaves all of its target alone, and what waits for that', async ({ world }) => {
    const { ada } = openHouse(world);
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    await ada.receipt('lease.take', { name: 'api' });
    const manifest: Target = { kind: 'workspace', name: 'demo', path: world.path('work') };
    const left = leftTo(world, [
      step('api/1', main(world), write),
      step('web/1', main(world, 'web'), destroy),
      step('demo/1', manifest, write, ['web/1']),
      step('api/2', main(world), destroy),
      step('demo/2', manifest, write, ['api/1', 'web/1']),
      step('demo/3', manifest, write),
    ]);
    expect(left).toEqual({
      steps: ['web/1', 'demo/1'],
      refused: [world.path('work', 'api')],
      settled: ['demo: not reached: api is left alone'],
    });
  });
});
