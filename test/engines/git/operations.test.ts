import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { applyClone, applyUnclone, checkClone, checkUnclone } from '../../../src/engines/git/clone.ts';
import { applyFastForward, checkFastForward } from '../../../src/engines/git/fast-forward.ts';
import { applyFetch } from '../../../src/engines/git/fetch.ts';
import { applyMove, checkMove } from '../../../src/engines/git/move.ts';
import {
  gitClean,
  gitFastForward,
  gitFetch,
  gitPush,
  gitReset,
} from '../../../src/engines/git/operations.ts';
import { applyPush, checkPush } from '../../../src/engines/git/push.ts';
import { applyReset } from '../../../src/engines/git/reset.ts';
import { testContext } from '../../rig/context.ts';
import { gitFaults } from '../../rig/faults.ts';
import type { World } from '../../rig/home.ts';
import { HOSTILE_BRANCHES } from '../../rig/names.ts';
import { createSite, publish, type State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';

const siteIn = (world: World, state: State) =>
  createSite(world, { dir: world.path('work', 'api'), remote: world.path('remotes', 'api.git'), state });

const failureFrom = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it did not fail'),
    (thrown: unknown) => failureOf(thrown),
  );

/** The commands that ran are those that the step had said. */
const expectSaid = (context: ReturnType<typeof testContext>, commands: string[][]) =>
  expect(context.reports.flatMap((one) => (one.kind === 'command' ? [one.argv] : []))).toEqual(commands);

describe('a clone', () => {
  const cloning = async (world: World) => {
    const { remote } = await siteIn(world, 'clean');
    const place = { dir: world.path('work', 'deep', 'copy') };
    return { remote, place, call: applied(place, { url: remote.dir, submodules: false }) };
  };

  test('comes whole, and can be taken away again while nobody has touched it', async ({ world }) => {
    const { call, place } = await cloning(world);
    const context = testContext(world);
    expect(await checkClone(call, context)).toBeUndefined();
    const { summary, leaves } = await applyClone(call, context);
    expect(summary).toBe('cloned, on main');
    expect(await checkClone(call, context)).toEqual({ summary, leaves });
    await applyUnclone(call, context);
    expect(existsSync(place.dir)).toBe(false);
    expect(await checkUnclone(call)).toMatchObject({ summary: 'removed the untouched clone' });
  });

  test('is not taken away once there is work in it', async ({ world }) => {
    const { call, place } = await cloning(world);
    const context = testContext(world);
    await applyClone(call, context);
    writeFileSync(`${place.dir}/notes.txt`, 'mine');
    expect(await failureFrom(applyUnclone(call, context))).toMatchObject({ code: 'clone-touched' });
    expect(existsSync(`${place.dir}/notes.txt`)).toBe(true);
  });

  test('that was killed leaves nothing at its place, and the next attempt succeeds', async ({ world }) => {
    const { call, place } = await cloning(world);
    const faults = await gitFaults(world);
    await faults.arm({ match: 'clone *', fail: 137, stderr: 'killed' });
    const context = testContext(world);
    mkdirSync(`${place.dir}.cloning/.git`, { recursive: true });
    await failureFrom(applyClone(call, context));
    expect(existsSync(place.dir)).toBe(false);
    expect((await applyClone(call, context)).summary).toBe('cloned, on main');
  });

  test('never replaces what is there', async ({ world }) => {
    const { call, place } = await cloning(world);
    mkdirSync(place.dir, { recursive: true });
    writeFileSync(`${place.dir}/precious`, 'x');
    expect(await failureFrom(applyClone(call, testContext(world)))).toMatchObject({
      code: 'directory-occupied',
    });
    mkdirSync(`${place.dir}2.cloning`);
    writeFileSync(`${place.dir}2.cloning/precious`, 'x');
    const other = applied({ dir: `${place.dir}2` }, call.args);
    expect(await failureFrom(applyClone(other, testContext(world)))).toMatchObject({
      code: 'directory-occupied',
    });
  });
});

describe('a fetch', () => {
  test('tells which refs came, moved and went', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'unfetched');
    await repo.git('push', '--quiet', 'origin', 'HEAD:refs/heads/old');
    await remote.git('branch', 'new', 'main');
    await remote.git('branch', '-D', 'old');
    const context = testContext(world);
    const { summary, result } = await applyFetch(applied(repo, { prune: true }), context);
    expect(summary).toBe('1 updated, 1 new, 1 gone (3 refs)');
    expect(result).toMatchObject({
      refs: expect.arrayContaining([{ ref: 'refs/remotes/origin/new', to: await remote.oid() }]),
    });
    expectSaid(context, gitFetch.describe({ prune: true }, applied(repo, {}).target).commands);
    expect((await applyFetch(applied(repo, { prune: true }), context)).summary).toBe('nothing new');
  });

  test('of a remote that is gone is a failure of the network', async ({ world }) => {
    const { repo } = await siteIn(world, 'clean');
    await repo.git('remote', 'set-url', 'origin', world.path('remotes', 'gone.git'));
    const failure = await failureFrom(applyFetch(applied(repo, { prune: false }), testContext(world)));
    expect(failure).toMatchObject({ code: 'remote-not-found', exit: 'network' });
  });
});

const MAIN = { branch: 'main' };

describe('a fast-forward', () => {
  test('tells what came, and its inverse goes back with local changes kept', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'behind');
    const from = await repo.oid();
    await repo.write('src/part-0/file-0.txt', 'changed here\n');
    const context = testContext(world);
    const call = applied(repo, MAIN);
    const { summary, result, leaves } = await applyFastForward(call, context);
    expect(summary).toBe('1 commit, 1 file');
    const to = await remote.oid();
    expect(result).toEqual({
      from,
      to,
      commits: 1,
      files: 1,
      subjects: [{ oid: to, subject: 'Work of others' }],
    });
    expect(leaves).toEqual([
      { fact: 'git.branch', args: {}, is: 'main' },
      { fact: 'git.head', args: {}, is: to },
    ]);
    expectSaid(context, gitFastForward.describe(MAIN, call.target).commands);
    expect(await checkFastForward(call, context)).toMatchObject({ summary, result });

    const [inverse] = gitFastForward.invert?.(MAIN, result) ?? [];
    expect(inverse).toMatchObject({ op: 'git.move', args: { from: to, to: from } });
    const move = applied(repo, { from: to, to: from });
    expect(await checkMove(move, context)).toBeUndefined();
    await applyMove(move, context);
    expect(await checkMove(move, context)).toMatchObject({ leaves: expect.anything() });
    expect(await repo.oid()).toBe(from);
    expect(await repo.git('status', '--porcelain')).toBe(' M src/part-0/file-0.txt');
  });

  test('that did not happen is known as such after a crash', async ({ world }) => {
    const { repo } = await siteIn(world, 'behind');
    expect(await checkFastForward(applied(repo, MAIN), testContext(world))).toBeUndefined();
  });

  test('of another branch is not this one, where that one is at its upstream too', async ({ world }) => {
    const { repo } = await siteIn(world, 'behind');
    await repo.git('switch', '--quiet', '--create', 'other', '--track', 'origin/main');
    await repo.git('pull', '--quiet');
    expect(await checkFastForward(applied(repo, MAIN), testContext(world))).toBeUndefined();
  });

  test('leaves ignored files alone that would be overwritten', async ({ world }) => {
    const { repo } = await siteIn(world, 'behind');
    await repo.write('.git/info/exclude', 'others.txt\n');
    await repo.write('others.txt', 'ignored and mine\n');
    const failure = await failureFrom(applyFastForward(applied(repo, MAIN), testContext(world)));
    expect(failure?.code).toBe('changes-in-the-way');
  });

  test('is not taken back once the branch has moved on', async ({ world }) => {
    const { repo } = await siteIn(world, 'behind');
    const context = testContext(world);
    const { result } = await applyFastForward(applied(repo, MAIN), context);
    const [inverse] = gitFastForward.invert?.(MAIN, result) ?? [];
    await repo.commit('More work');
    const failure = await failureFrom(applyMove(applied(repo, inverse?.args as never), context));
    expect(failure?.code).toBe('branch-moved');
  });
});

describe('a push', () => {
  const pushing = async (world: World, branch = 'main') => {
    const site = await siteIn(world, 'ahead');
    const ref = `refs/heads/${branch}`;
    await site.repo.git('update-ref', ref, 'HEAD');
    const args = {
      remote: 'origin',
      local: ref,
      upstream: ref,
      oid: await site.repo.oid(),
      setUpstream: false,
    };
    return { ...site, call: applied(site.repo, args) };
  };

  test('arrives, and after a crash the remote says so', async ({ world }) => {
    const { remote, call } = await pushing(world);
    const context = testContext(world);
    expect(await checkPush(call, context)).toBeUndefined();
    const { summary } = await applyPush(call, context);
    expect(await remote.oid('main')).toBe(call.args.oid);
    expect(await checkPush(call, context)).toMatchObject({ summary });
    expect(gitPush.effect).toBe('outward');
    expect(gitPush.invert).toBeUndefined();
  });

  for (const [why, branch] of Object.entries(HOSTILE_BRANCHES)) {
    test(`of a branch whose name is hostile (${why}) pushes that branch and nothing else`, async ({
      world,
    }) => {
      const { remote, call } = await pushing(world, branch);
      await applyPush(call, testContext(world));
      expect(await remote.oid(call.args.upstream)).toBe(call.args.oid);
    });
  }

  test('that the remote is ahead of is rejected with what to do', async ({ world }) => {
    const { repo, call } = await pushing(world);
    await publish({ repo });
    await repo.git('reset', '--quiet', '--hard', call.args.oid);
    const failure = await failureFrom(applyPush(call, testContext(world)));
    expect(failure).toMatchObject({ code: 'push-rejected', next: ['gantry repo pull'] });
  });

  test('that a hook of the remote declines says so', async ({ world }) => {
    const { remote, call } = await pushing(world);
    await remote.write('hooks/pre-receive', '#!/bin/sh\nexit 1\n');
    await world.run('chmod', ['+x', remote.path('hooks', 'pre-receive')]);
    expect((await failureFrom(applyPush(call, testContext(world))))?.code).toBe('push-declined');
  });
});

describe('a reset', () => {
  test('says the commands that it runs, and brings submodules to their recorded commits', async ({
    world,
  }) => {
    await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
    const { repo } = await siteIn(world, 'submodule');
    const recorded = await repo.git('-C', 'library', 'rev-parse', 'HEAD');
    await repo.git('-C', 'library', 'commit', '--quiet', '--allow-empty', '-m', 'Work in the library');
    const context = testContext(world);
    const call = applied(repo, { to: await repo.oid(), submodules: true });
    await applyReset(call, context);
    expect(await repo.git('-C', 'library', 'rev-parse', 'HEAD')).toBe(recorded);
    expectSaid(context, gitReset.describe(call.args, call.target).commands);
  });
});

describe('a clean', () => {
  test('deletes exactly the paths that it was given', async ({ world }) => {
    const { repo } = await siteIn(world, 'clean');
    for (const path of ['*', 'kept.txt', 'dir/a', 'dir/b', '-rf', ':(top)x']) await repo.write(path);
    const context = testContext(world);
    const args = { paths: ['*', 'dir/', '-rf', ':(top)x'], ignored: false };
    const { applyClean } = await import('../../../src/engines/git/clean.ts');
    await applyClean(applied(repo, args), context);
    expect(await repo.git('status', '--porcelain')).toBe('?? kept.txt');
    expectSaid(context, gitClean.describe(args, applied(repo, {}).target).commands);
  });

  test('of more paths than a command line holds takes several commands', () => {
    const paths = Array.from({ length: 5000 }, (_, index) => `${'long/'.repeat(20)}${index}`);
    const { commands } = gitClean.describe({ paths, ignored: true }, { kind: 'repo', name: 'api' });
    expect(commands.flatMap((words) => words.slice(words.indexOf('--') + 1))).toHaveLength(5000);
    expect(Math.max(...commands.map((words) => words.join(' ').length))).toBeLessThan(100_000);
  });
});
