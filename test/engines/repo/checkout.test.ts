import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { planCheckout } from '../../../src/engines/repo/checkout.ts';
import { concludeRepos } from '../../../src/engines/repo/conclude.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { HOSTILE_BRANCHES } from '../../rig/names.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { observed } from '../git/observed.ts';
import { carryOut, inverseOf } from './carry-out.ts';

const workspaceOf = async (world: World, states: Record<string, State>) => {
  const workspace = await createWorkspace(world, states);
  return { workspace, context: testContext(world, { workspace: workspace.dir }) };
};

const to = (branch: string) => ({ branch, repos: [], create: false });

describe('a checkout', () => {
  test('goes to a branch in every repo, with local changes, and back', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, {
      api: 'dirty',
      web: 'untracked',
      docs: 'detached',
    });
    for (const name of ['api', 'web']) await workspace.repo(name).branch('topic', 'HEAD~1');
    await workspace.repo('docs').branch('topic');
    await workspace.repo('api').git('checkout', '--quiet', 'README.md');
    await workspace.repo('api').write('src/new.txt', 'mine\n');
    const before = await Promise.all(workspace.names.map((name) => observed(workspace.repo(name))));
    const receipt = await carryOut(context, await planCheckout(to('topic'), context));
    expect(concludeRepos(receipt).repos.map(({ repo, summary }) => [repo, summary])).toEqual([
      ['api', 'on topic'],
      ['web', 'on topic'],
      ['docs', 'on topic'],
    ]);
    const again = await planCheckout(to('topic'), context);
    expect(again.settled?.map(({ reason }) => reason)).toEqual([
      'already on topic',
      'already on topic',
      'already on topic',
    ]);
    await carryOut(context, inverseOf(receipt));
    expect(await Promise.all(workspace.names.map((name) => observed(workspace.repo(name))))).toEqual(before);
  });

  test('follows a branch that only a remote has, and undo takes that branch away', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.git('push', '--quiet', 'origin', 'HEAD~1:refs/heads/theirs');
    await repo.git('fetch', '--quiet');
    const before = await observed(repo);
    const receipt = await carryOut(context, await planCheckout(to('theirs'), context));
    expect(await repo.git('rev-parse', '--abbrev-ref', 'theirs@{upstream}')).toBe('origin/theirs');
    await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
  });

  test('creates a branch where that is said, and refuses one that is taken', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'dirty' });
    const repo = workspace.repo('api');
    const before = await observed(repo);
    const receipt = await carryOut(
      context,
      await planCheckout({ ...to('new'), create: true, from: 'HEAD' }, context),
    );
    expect(await repo.git('branch', '--show-current')).toBe('new');
    await repo.branch('other', 'HEAD~1');
    const taken = await planCheckout({ ...to('other'), create: true }, context);
    expect(taken.refused?.[0]?.failure).toMatchObject({ code: 'branch-taken' });
    const bad = await planCheckout({ ...to('a..b'), create: true }, context);
    expect(bad.refused?.[0]?.failure).toMatchObject({ code: 'ref-invalid' });
    const clash = await planCheckout({ ...to('x'), from: 'HEAD' }, context).catch(failureOf);
    expect(clash).toMatchObject({ code: 'options-clash', exit: 'usage' });
    await repo.git('branch', '--quiet', '-D', 'other');
    await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
  });

  test('of a tag or commit detaches HEAD and says so', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.git('tag', 'v1', 'HEAD~1');
    const receipt = await carryOut(context, await planCheckout(to('v1'), context));
    expect(concludeRepos(receipt).repos[0]?.summary).toMatch(/^HEAD is detached at [0-9a-f]{10}$/);
    await carryOut(context, inverseOf(receipt));
    expect(await repo.git('branch', '--show-current')).toBe('main');
    const unknown = await planCheckout(to('mian'), context);
    expect(unknown.refused?.[0]?.failure).toMatchObject({
      code: 'ref-unknown',
      details: { nearest: 'main' },
    });
  });

  test('is refused where it would go over changes, naming the file', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean', web: 'clean', docs: 'clean' });
    for (const name of workspace.names) {
      const repo = workspace.repo(name);
      await repo.git('checkout', '--quiet', '-b', 'topic');
      await repo.commit('Topic', { 'README.md': 'topic\n', 'notes.txt': 'topic\n' });
      await repo.switchTo('main');
    }
    await workspace.repo('api').write('README.md', 'mine\n');
    await workspace.repo('web').write('notes.txt', 'mine\n');
    await workspace.repo('docs').write('.git/info/exclude', 'notes.txt\n');
    await workspace.repo('docs').write('notes.txt', 'ignored\n');
    const { steps, refused } = await planCheckout(to('topic'), context);
    expect(steps).toEqual([]);
    expect(refused?.map(({ target, failure }) => [target.name, failure.code, failure.message])).toEqual([
      ['api', 'changes-in-the-way', 'api has local changes in README.md, which would be lost.'],
      ['web', 'changes-in-the-way', 'web has local changes in notes.txt, which would be lost.'],
      ['docs', 'changes-in-the-way', 'docs has local changes in notes.txt, which would be lost.'],
    ]);
  });

  test('is refused where the branch is checked out elsewhere, in a merge, and before the first commit', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, {
      api: 'worktree',
      web: 'conflicted',
      docs: 'unborn',
    });
    const { refused } = await planCheckout(to('topic'), context);
    expect(refused?.map(({ target, failure }) => [target.name, failure.code])).toEqual([
      ['api', 'branch-elsewhere'],
      ['web', 'operation-unfinished'],
      ['docs', 'no-commit'],
    ]);
    expect(refused?.[0]?.failure.message).toContain(`${workspace.repo('api').dir}-topic`);
  });

  test.for(Object.entries(HOSTILE_BRANCHES))(
    'takes a name like %s for nothing but a name',
    async ([, branch], { world }) => {
      const { workspace, context } = await workspaceOf(world, { api: 'clean' });
      const repo = workspace.repo('api');
      await repo.git('update-ref', `refs/heads/${branch}`, 'HEAD');
      const receipt = await carryOut(context, await planCheckout(to(branch), context));
      expect(await repo.git('symbolic-ref', 'HEAD')).toBe(`refs/heads/${branch}`);
      await carryOut(context, inverseOf(receipt));
      expect(await repo.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main');
    },
  );
});
