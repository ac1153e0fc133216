import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { rebaseArgs } from '#engines/git/merge/argv.ts';
import { forecastMerge } from '#engines/git/merge/forecast.ts';
import { gitMerge, gitRebase } from '#engines/git/operations.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo, type Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';

/** develop and topic, each with a commit of its own; develop is checked out. */
const divided = async (world: World, theirs: Record<string, string> = { 'topic.txt': 'topic\n' }) => {
  const repo = await createRepo(world, world.path('work', 'api'));
  await repo.commit('Begin', { 'README.md': 'one\n' });
  await repo.git('switch', '--quiet', '-c', 'topic');
  await repo.commit('Topic', theirs);
  await repo.git('switch', '--quiet', '-c', 'develop', 'main');
  await repo.commit('Develop', { 'README.md': 'two\n' });
  return { repo, context: testContext(world), ...(await operations(repo)) };
};

const operations = async (repo: Repo) => {
  const [from, oid] = [await repo.oid('develop'), await repo.oid('topic')];
  const merge = (changes: object = {}) =>
    applied(repo, {
      ...{ name: 'topic', ref: 'refs/heads/topic', oid, into: 'develop', from, manner: 'no-ff' as const },
      ...{ message: null, heading: null, sign: false, onConflict: 'abort' as const, back: null, note: false },
      ...changes,
    });
  return { from, oid, merge, apply: await gitMerge.apply(), check: await gitMerge.check() };
};

const failureFrom = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it did not fail'),
    (thrown: unknown) => failureOf(thrown),
  );

const clean = async (repo: Repo, head: string) => {
  expect(await repo.git('status', '--porcelain')).toBe('');
  expect(await repo.oid()).toBe(head);
  for (const name of ['MERGE_HEAD', 'MERGE_MSG', 'SQUASH_MSG', 'rebase-merge'])
    expect({ name, left: existsSync(repo.path('.git', name)) }).toEqual({ name, left: false });
};

describe('a merge', () => {
  test.for(['no-ff', 'squash'] as const)(
    '%s, is recognised once it happened, and not before',
    async (manner, { world }) => {
      const { repo, context, merge, apply, check, from } = await divided(world);
      const call = merge({ manner, message: 'Bring the topic' });
      expect(await check(call, context)).toBeUndefined();
      const told = await apply(call, context);
      expect(await check(call, context)).toEqual(told);
      expect(await repo.git('log', '-1', '--format=%s')).toBe('Bring the topic');
      expect(gitMerge.invert?.(call.args, told.result)).toMatchObject([
        { op: 'git.move', args: { from: await repo.oid(), to: from } },
      ]);
      const commands = context.reports.flatMap((one) => (one.kind === 'command' ? [one.argv] : []));
      expect(commands).toEqual(gitMerge.describe(call.args, call.target).commands);
    },
  );

  test.for(['no-ff', 'squash'] as const)(
    '%s, with conflicts, leaves nothing behind',
    async (manner, { world }) => {
      const { repo, context, merge, apply, check, from } = await divided(world, { 'README.md': 'three\n' });
      const failure = await failureFrom(apply(merge({ manner }), context));
      expect(failure).toMatchObject({
        code: 'merge-conflict',
        exit: 'git',
        details: { files: ['README.md'] },
      });
      await clean(repo, from);
      expect(await check(merge({ manner }), context)).toBeUndefined();
    },
  );

  test('with conflicts goes back to what was checked out before', async ({ world }) => {
    const { repo, context, merge, apply } = await divided(world, { 'README.md': 'three\n' });
    await failureFrom(apply(merge({ back: 'topic' }), context));
    expect(await repo.git('branch', '--show-current')).toBe('topic');
    expect(await repo.git('status', '--porcelain')).toBe('');
  });

  test('with conflicts that are to be resolved stays, noted for git-flow', async ({ world }) => {
    const { repo, context, merge, apply } = await divided(world, { 'README.md': 'three\n' });
    const failure = await failureFrom(apply(merge({ onConflict: 'leave', note: true }), context));
    expect(failure.code).toBe('merge-left');
    expect(await repo.git('status', '--porcelain')).toBe('UU README.md');
    expect(await readFile(repo.path('.git', '.gitflow', 'MERGE_BASE'), 'utf8')).toBe('develop\n');
  });

  test('never touches one that somebody has begun', async ({ world }) => {
    const { repo, context, merge, apply } = await divided(world, { 'README.md': 'three\n' });
    await repo.tryGit('merge', 'topic');
    await repo.write('README.md', 'half resolved\n');
    expect((await failureFrom(apply(merge(), context))).code).toBe('operation-unfinished');
    expect(await readFile(repo.path('README.md'), 'utf8')).toBe('half resolved\n');
    expect(existsSync(repo.path('.git', 'MERGE_HEAD'))).toBe(true);
  });

  const WORK: Record<string, (repo: Repo) => Promise<unknown>> = {
    staged: async (repo) => {
      await repo.write('staged.txt', 'staged\n');
      await repo.git('add', 'staged.txt');
    },
    changed: (repo) => repo.write('README.md', 'changed\n'),
    untracked: (repo) => repo.write('topic.txt', 'in the way\n'),
  };

  test.for(
    Object.keys(WORK).flatMap((kind) =>
      (['no-ff', 'squash'] as const).map((manner) => [kind, manner] as const),
    ),
  )('that git refuses leaves what is %s (%s)', async ([kind, manner], { world }) => {
    const { repo, context, merge, apply, from } = await divided(world, {
      'README.md': 'three\n',
      'topic.txt': 'topic\n',
    });
    await WORK[kind]?.(repo);
    const before = [
      await repo.git('status', '--porcelain'),
      await repo.git('diff'),
      await repo.git('diff', '--cached'),
    ];
    await failureFrom(apply(merge({ manner }), context));
    expect([
      await repo.git('status', '--porcelain'),
      await repo.git('diff'),
      await repo.git('diff', '--cached'),
    ]).toEqual(before);
    expect(await repo.oid()).toBe(from);
  });

  test('as a squash does not take the commit of somebody for its own', async ({ world }) => {
    const { repo, context, merge, check } = await divided(world);
    await repo.commit('Somebody else', { 'else.txt': 'else\n' });
    expect(await check(merge({ manner: 'squash' }), context)).toBeUndefined();
  });

  test('as a squash that was broken off before its commit goes on', async ({ world }) => {
    const { repo, context, merge, apply, check, from } = await divided(world);
    await repo.git('merge', '--quiet', '--squash', 'topic');
    const call = merge({ manner: 'squash', message: 'Bring the topic' });
    expect(await check(call, context)).toBeUndefined();
    await apply(call, context);
    expect(await repo.oid('HEAD~1')).toBe(from);
    expect(await repo.git('status', '--porcelain')).toBe('');
  });

  test('of a name that a tag has too merges the branch', async ({ world }) => {
    const { repo, context, merge, apply, oid } = await divided(world);
    await repo.git('tag', 'topic', 'main');
    await apply(merge({ oid: null }), context);
    expect(await repo.oid('HEAD^2')).toBe(oid);
    expect(await repo.git('log', '-1', '--format=%s')).toBe("Merge branch 'topic' into develop");
  });

  test('is forecast without touching anything, hostile file names included', async ({ world }) => {
    const { repo, context, from } = await divided(world);
    const before = await repo.git('status', '--porcelain');
    const clean = await forecastMerge(context, repo.dir, { ours: from, theirs: await repo.oid('topic') });
    expect(clean).toMatchObject({ clean: true, files: [] });
    await repo.git('switch', '--quiet', 'topic');
    await repo.commit('Names', { 'a\nb\t"c"': 'topic\n', '--': 'topic\n' });
    await repo.git('switch', '--quiet', 'develop');
    await repo.commit('Names', { 'a\nb\t"c"': 'develop\n', '--': 'develop\n' });
    const { files } = await forecastMerge(context, repo.dir, {
      ours: await repo.oid(),
      theirs: await repo.oid('topic'),
    });
    expect(files.toSorted()).toEqual(['--', 'a\nb\t"c"']);
    expect(await repo.git('status', '--porcelain')).toBe(before);
  });
});

describe('a rebase', () => {
  const rebasing = async (world: World, theirs?: Record<string, string>) => {
    const { repo, context, from: onto, oid: from } = await divided(world, theirs);
    await repo.git('switch', '--quiet', 'topic');
    const call = applied(repo, {
      ...{ branch: 'topic', from, base: 'develop', onto, onConflict: 'abort' as const, back: null },
    });
    return {
      repo,
      context,
      call,
      from,
      onto,
      apply: await gitRebase.apply(),
      check: await gitRebase.check(),
    };
  };

  test('is recognised once it happened, and not before', async ({ world }) => {
    const { repo, context, call, apply, check, from, onto } = await rebasing(world);
    expect(await check(call, context)).toBeUndefined();
    const told = await apply(call, context);
    expect(await check(call, context)).toEqual(told);
    expect(await repo.oid('HEAD~1')).toBe(onto);
    expect(gitRebase.invert?.(call.args, told.result)).toMatchObject([
      { op: 'git.move', args: { to: from } },
    ]);
  });

  test('with conflicts leaves nothing behind', async ({ world }) => {
    const { repo, context, call, apply, check, from } = await rebasing(world, { 'README.md': 'three\n' });
    expect((await failureFrom(apply(call, context))).code).toBe('merge-conflict');
    await clean(repo, from);
    expect(await repo.git('branch', '--show-current')).toBe('topic');
    expect(await check(call, context)).toBeUndefined();
  });

  test('goes on to its end where nobody is left to read what it says', async ({ world }) => {
    const { repo, onto } = await rebasing(world);
    const unread = spawn('git', rebaseArgs({ onto }), { cwd: repo.dir, env: world.env, detached: true });
    unread.stdout.destroy();
    unread.stderr.destroy();
    expect(await once(unread, 'exit')).toEqual([0, null]);
    expect(await repo.oid('HEAD~1')).toBe(onto);
  });
});
