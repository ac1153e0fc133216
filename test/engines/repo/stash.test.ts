import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { planStash } from '../../../src/engines/repo/stash.ts';
import { testContext } from '../../rig/context.ts';
import type { Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { observed } from '../git/observed.ts';
import { carryOut, inverseOf } from './carry-out.ts';

const workspaceOf = async (world: World, states: Record<string, State>) => {
  const workspace = await createWorkspace(world, states);
  return { workspace, context: testContext(world, { workspace: workspace.dir }) };
};

const PUSH = { repos: [], pop: false, untracked: false };
const POP = { repos: [], pop: true, untracked: false };

/** The list as git keeps it, byte for byte. */
const listOf = (repo: Repo) => readFileSync(repo.path('.git/logs/refs/stash'), 'latin1');

/** Work in every place where git can have it. */
const work = async (repo: Repo) => {
  await repo.write('README.md', 'staged\n');
  await repo.write('added.txt', 'added\n');
  await repo.git('add', 'README.md', 'added.txt');
  await repo.write('README.md', 'changed after staging\n');
  await repo.write('.gitignore', 'ignored.txt\n');
  await repo.git('add', '.gitignore');
  await repo.write('ignored.txt', 'ignored\n');
  await repo.write('deep/untracked.txt', 'untracked\n');
};

describe('changes put aside', () => {
  test('come back by undo as they were, with the list', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'stash' });
    const repo = workspace.repo('api');
    await work(repo);
    const [before, list] = [await observed(repo), listOf(repo)];
    const receipt = await carryOut(context, await planStash({ ...PUSH, message: '-u $(id)\u001b' }, context));
    expect(await repo.git('status', '--porcelain')).toBe('?? deep/\n?? ignored.txt');
    expect(await repo.git('stash', 'list', '--format=%gs')).toMatch(/^On main: -u \$\(id\)/);
    await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
    expect(listOf(repo)).toBe(list);
  });

  test('take untracked files along where that is said', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await work(repo);
    const before = await observed(repo);
    const receipt = await carryOut(context, await planStash({ ...PUSH, untracked: true }, context));
    // What its rules ignored is not untracked, and they were put aside with the rest.
    expect(await repo.git('status', '--porcelain')).toBe('?? ignored.txt');
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
    await carryOut(context, inverseOf(undone));
    expect(await repo.git('status', '--porcelain')).toBe('?? ignored.txt');
    expect((await repo.git('stash', 'list')).split('\n')).toHaveLength(1);
  });

  test('come back with a pop, and undo of that puts them aside again, as the same entry', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'stash' });
    const repo = workspace.repo('api');
    await work(repo);
    const before = await observed(repo);
    await carryOut(context, await planStash({ ...PUSH, untracked: true, message: 'mine' }, context));
    const [aside, list] = [await observed(repo), listOf(repo)];
    const receipt = await carryOut(context, await planStash(POP, context));
    expect(receipt.steps.at(-1)?.summary).toBe('brought back On main: mine');
    // git leaves a note of the tree that it merged.
    expect({ ...(await observed(repo)), operation: [] }).toEqual(before);
    await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(aside);
    expect(listOf(repo)).toBe(list);
  });

  test('that do not fit stay in the stash, and everything is as it was', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'stash', web: 'clean' });
    const [api, web] = [workspace.repo('api'), workspace.repo('web')];
    await api.commit('Others', { 'README.md': 'something else\n' });
    await web.write('notes.txt', 'put aside\n');
    await web.git('stash', 'push', '--quiet', '--include-untracked');
    await web.write('notes.txt', 'in the way\n');
    for (const [repo, file] of [
      [api, 'README.md'],
      [web, 'notes.txt'],
    ] as const) {
      const before = await observed(repo);
      const name = repo === api ? 'api' : 'web';
      const draft = await planStash({ ...POP, repos: [name] }, context);
      const failure = await carryOut(context, draft).catch(failureOf);
      expect(failure).toMatchObject({ code: 'stash-conflict', message: expect.stringContaining(file) });
      expect(await observed(repo)).toEqual(before);
    }
  });

  test('are none where nothing has changed, and are refused where git can not', async ({ world }) => {
    const { context } = await workspaceOf(world, {
      clean: 'clean',
      loose: 'untracked',
      unborn: 'unborn',
      merging: 'conflicted',
    });
    const { steps, settled, refused } = await planStash(PUSH, context);
    expect(steps).toEqual([]);
    expect(settled?.map(({ target, reason }) => [target.name, reason])).toEqual([
      ['clean', 'nothing to put aside'],
      ['loose', 'only untracked files, which --untracked takes too'],
    ]);
    expect(refused?.map(({ target, failure }) => [target.name, failure.code])).toEqual([
      ['unborn', 'no-commit'],
      ['merging', 'operation-unfinished'],
    ]);
    const popped = await planStash({ ...POP, repos: ['clean'] }, context);
    expect(popped.settled?.[0]?.reason).toBe('its stash is empty');
    const clash = await planStash({ ...POP, untracked: true }, context).catch(failureOf);
    expect(clash).toMatchObject({ code: 'options-clash', exit: 'usage' });
  });
});
