import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { findOperation } from '#app/registry/find.ts';
import { failureOf } from '#engines/core/errors.ts';
import { gitBranchDelete, gitSwitch } from '#engines/git/operations.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo, type Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';

const grown = async (world: World) => {
  const repo = await createRepo(world, world.path('work', 'api'));
  await repo.commit('Begin', { 'README.md': 'one\n' });
  await repo.branch('topic');
  await repo.commit('Go on', { 'README.md': 'two\n' });
  return { repo, context: testContext(world), old: await repo.oid('topic'), now: await repo.oid() };
};

const pictureOf = async (repo: Repo) => ({
  head: await readFile(repo.path('.git', 'HEAD'), 'utf8'),
  refs: (
    await repo.git('for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads', 'refs/tags')
  ).split('\n'),
  status: await repo.git('status', '--porcelain'),
  config: await readFile(repo.path('.git', 'config'), 'utf8'),
});

/** The operations that change branches, with arguments that fit the repo. */
const cases = (old: string, now: string): [operation: string, args: object][] => [
  ['git.branch.create', { branch: "it's-$(id)", at: old, upstream: null }],
  ['git.branch.delete', { branch: 'topic', oid: old }],
  ['git.branch.discard', { branch: 'topic', oid: null }],
  ['git.branch.rename', { from: 'topic', to: 'other', oid: old }],
  ['git.branch.start', { branch: 'new', at: old, from: 'main' }],
  ['git.branch.put', { branch: 'topic', from: old, to: now }],
  ['git.switch', { from: 'main', to: 'topic' }],
  ['git.switch', { from: 'main', to: old }],
];

describe('an operation on branches', () => {
  test.for(Array.from({ length: 8 }, (_, index) => index))(
    'is recognised once it happened, and its inverse brings everything back: %i',
    async (index, { world }) => {
      const { repo, context, old, now } = await grown(world);
      await repo.git('config', 'branch.topic.description', 'what it is "about"');
      await repo.git('config', 'user.name', 'Grace');
      const [id, args] = cases(old, now)[index] as [string, object];
      const operation = await findOperation(id);
      const before = await pictureOf(repo);
      const call = applied(repo, args as never);
      const check = await operation.check();
      expect(await check(call, context)).toBeUndefined();
      const told = await (await operation.apply())(call, context);
      expect(await pictureOf(repo)).not.toEqual(before);
      expect(await check(call, context)).toMatchObject({ summary: told.summary, leaves: told.leaves });
      for (const [step, inverse] of (operation.invert?.(args as never, told.result) ?? []).entries()) {
        const back = await findOperation(inverse.op);
        await (await back.apply())(applied(repo, inverse.args as never, `api/${step + 2}`), context);
      }
      expect(await pictureOf(repo)).toEqual(before);
    },
  );

  test('does not delete what has moved since', async ({ world }) => {
    const { repo, context, now } = await grown(world);
    const call = applied(repo, { branch: 'topic', oid: now });
    const failure = await (await gitBranchDelete.apply())(call, context).catch(failureOf);
    expect(failure).toMatchObject({ code: 'branch-moved', exit: 'git' });
    expect(await repo.git('branch', '--list', 'topic')).toContain('topic');
  });

  test('does not overwrite an ignored file by a switch', async ({ world }) => {
    const { repo, context } = await grown(world);
    await repo.commit('Ignore', { '.gitignore': 'built\n' });
    await repo.git('switch', '--quiet', 'topic');
    await repo.commit('Track it', { built: 'tracked\n' });
    await repo.git('switch', '--quiet', 'main');
    await repo.write('built', 'mine\n');
    const call = applied(repo, { from: 'main', to: 'topic' });
    await expect((await gitSwitch.apply())(call, context)).rejects.toThrow('untracked working');
    expect(await readFile(repo.path('built'), 'utf8')).toBe('mine\n');
  });
});
