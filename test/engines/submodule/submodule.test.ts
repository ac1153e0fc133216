import { existsSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { concludeBranch, planBranch } from '../../../src/engines/submodule/branch.ts';
import { concludeSubmodules } from '../../../src/engines/submodule/conclude.ts';
import { readList } from '../../../src/engines/submodule/list.ts';
import { planReset } from '../../../src/engines/submodule/reset.ts';
import { readStatuses } from '../../../src/engines/submodule/status.ts';
import { planUpdate } from '../../../src/engines/submodule/update.ts';
import { testContext } from '../../rig/context.ts';
import { clone, createRemote, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { HOSTILE_NAMES } from '../../rig/names.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { observed } from '../git/observed.ts';
import { carryOut, inverseOf } from '../repo/carry-out.ts';
import { allowPaths, openStage, type Stage } from './stage.ts';

const UPDATE = { submodules: [], all: true, repos: [], remote: false };

const pictures = ({ api, library, inner }: Stage) => Promise.all([api, library, inner].map(observed));

const standing = async ({ context }: Stage) => {
  const { submodules } = await readStatuses({ repos: [] }, context);
  return submodules.map(({ standing }) => standing);
};

/** Edits, a commit on a branch, and files that git does not know, in the library and in what is in it. */
const work = async ({ library, inner }: Stage) => {
  await library.git('checkout', '--quiet', '-b', 'mine');
  await library.commit('Mine', { 'mine.txt': 'mine\n' });
  await library.write('README.md', 'edited\n');
  await library.write('staged.txt', 'staged\n');
  await library.git('add', 'staged.txt');
  await library.write('untracked.txt', 'untracked\n');
  await inner.write('README.md', 'edited inside\n');
  await inner.write('untracked.txt', 'untracked inside\n');
};

describe('submodules', () => {
  test('are listed as .gitmodules declares them, and a detached HEAD says so', async ({ world }) => {
    const stage = await openStage(world);
    const head = await stage.library.oid();
    const { submodules } = await readList({ repos: [] }, stage.context);
    expect(submodules).toMatchObject([
      {
        id: 'api library',
        name: 'the library',
        path: 'library',
        follows: 'main',
        state: 'ok',
        branch: null,
        head,
      },
    ]);
    expect(await standing(stage)).toEqual([`detached at ${head.slice(0, 10)}, as recorded`]);
    await work(stage);
    expect(await standing(stage)).toEqual([
      'on mine, 1 ahead of the recorded commit, 3 changed files, 1 untracked',
    ]);
    await stage.api.git('submodule', '--quiet', 'deinit', '--force', 'library');
    expect(await standing(stage)).toEqual(['not checked out']);
  });

  test('that are named wrong are not guessed at', async ({ world }) => {
    const { context } = await openStage(world);
    const failure = await planUpdate({ ...UPDATE, all: false, submodules: ['librray'] }, context).catch(
      failureOf,
    );
    expect(failure).toMatchObject({
      code: 'submodule-unknown',
      exit: 'usage',
      details: { nearest: 'library' },
    });
    for (const input of [
      { ...UPDATE, all: false },
      { ...UPDATE, submodules: ['library'] },
    ]) {
      expect(await planUpdate(input, context).catch(failureOf)).toMatchObject({ code: 'submodules-unnamed' });
    }
    const byName = await planUpdate(
      { ...UPDATE, all: false, submodules: ['the library', 'library/'] },
      context,
    );
    expect(byName.settled?.map(({ reason }) => reason)).toEqual(['at its recorded commit already']);
  });
});

describe('an update', () => {
  test('checks out what is missing, and what is in it, and undo takes it away again', async ({ world }) => {
    const stage = await openStage(world);
    const { api, library, inner, context } = stage;
    await api.git('submodule', '--quiet', 'deinit', '--force', '--all');
    const config = () => readFileSync(api.path('.git/config'), 'utf8');
    const [before, configured] = [await observed(api), config()];
    const receipt = await carryOut(context, await planUpdate(UPDATE, context));
    expect(concludeSubmodules(receipt).submodules).toMatchObject([
      { repo: 'api', submodule: 'library', status: 'done' },
    ]);
    expect(await library.oid()).toBe(await api.git('rev-parse', 'HEAD:library'));
    expect(await inner.git('status', '--porcelain')).toBe('');
    const after = await pictures(stage);
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await observed(api)).toEqual(before);
    expect(config()).toBe(configured);
    await carryOut(context, inverseOf(undone));
    expect(await pictures(stage)).toEqual(after);
  });

  test('is not taken back over what was made there since', async ({ world }) => {
    const { api, library, context } = await openStage(world);
    await api.git('submodule', '--quiet', 'deinit', '--force', '--all');
    const receipt = await carryOut(context, await planUpdate(UPDATE, context));
    await library.write('.git-not', 'x\n');
    await expect(carryOut(context, inverseOf(receipt))).rejects.toThrow('git.submodule');
    await library.remove('.git-not');
    const exclude = await library.git('rev-parse', '--git-path', 'info/exclude');
    await world.run('sh', ['-c', `echo '*.env' >> '${exclude}'`], { cwd: library.dir });
    await library.write('secret.env', 'secret\n');
    const failure = await carryOut(context, inverseOf(receipt)).catch(failureOf);
    expect(failure).toMatchObject({ code: 'clone-touched', message: expect.stringContaining('secret.env') });
    expect(existsSync(library.path('secret.env'))).toBe(true);
  });

  test('goes back to the recorded commit from a branch, and undo to the branch', async ({ world }) => {
    const stage = await openStage(world);
    const { library, context } = stage;
    await library.git('checkout', '--quiet', '-b', 'mine');
    await library.commit('Mine', { 'mine.txt': 'mine\n' });
    await library.write('untracked.txt', 'untracked\n');
    const before = await pictures(stage);
    const receipt = await carryOut(context, await planUpdate(UPDATE, context));
    expect(await standing(stage)).toEqual([
      expect.stringMatching(/^detached at .*, as recorded, 1 untracked$/),
    ]);
    await carryOut(context, inverseOf(receipt));
    expect(await pictures(stage)).toEqual(before);
  });

  test('to the remote brings what the branch of .gitmodules has there', async ({ world }) => {
    const stage = await openStage(world);
    const { library, source, context } = stage;
    const newest = await source.commit('Newer', { 'newer.txt': 'newer\n' });
    await source.git('push', '--quiet');
    const before = await pictures(stage);
    const receipt = await carryOut(context, await planUpdate({ ...UPDATE, remote: true }, context));
    expect(await library.oid()).toBe(newest);
    await carryOut(context, inverseOf(receipt));
    expect(await pictures(stage)).toEqual(before);
  });

  test('of several goes on where one is refused, and does not clone over files', async ({ world }) => {
    const { api, library, context } = await openStage(world);
    await api.git('submodule', '--quiet', 'add', '--', world.path('remotes', 'inner.git'), 'other');
    await api.commit('Add the other');
    await api.git('submodule', '--quiet', 'deinit', '--force', 'other');
    await library.git('checkout', '--quiet', 'HEAD~1');
    await library.write('README.md', 'edited\n');
    const draft = await planUpdate(UPDATE, context);
    expect(draft.refused?.map(({ target, failure }) => [target.name, failure.code])).toEqual([
      ['api library', 'submodule-dirty'],
    ]);
    const receipt = await carryOut(context, draft);
    expect(concludeSubmodules(receipt).submodules).toMatchObject([{ submodule: 'other', status: 'done' }]);
    await carryOut(context, inverseOf(receipt));
    await api.write('other/mine.txt', 'mine\n');
    const occupied = await planUpdate({ ...UPDATE, all: false, submodules: ['other'] }, context);
    expect(occupied.refused?.[0]?.failure).toMatchObject({ code: 'directory-occupied' });
  });

  const withPart = async (world: World, path: string) => {
    await allowPaths(world);
    const workspace = await createWorkspace(world, { api: 'clean' });
    const repo = workspace.repo('api');
    const part = await createRemote(world, world.path('remotes', 'part.git'));
    await clone(world, part, repo.path(path));
    await repo.git('--literal-pathspecs', 'add', '--', path);
    await repo.git('config', '--file', '.gitmodules', 'submodule.part.path', path);
    await repo.git('config', '--file', '.gitmodules', 'submodule.part.url', part.dir);
    await repo.commit('Add the part');
    await repo.remove(path);
    return { repo, part, context: testContext(world, { workspace: workspace.dir }) };
  };

  const names = ['newline', 'escape', 'bidi', 'command', 'quote', 'backslash', 'glob', 'hash'] as const;

  test.for(names)('takes a path with %s for nothing but a path', async (why, { world }) => {
    const path = HOSTILE_NAMES[why];
    const { context, repo, part } = await withPart(world, path);
    const inside = repoAt(world, repo.path(path));
    const [before, { submodules }] = [await observed(repo), await readList({ repos: [] }, context)];
    expect(submodules).toMatchObject([{ name: 'part', path, state: 'missing' }]);
    const receipt = await carryOut(context, await planUpdate(UPDATE, context));
    expect(await inside.oid()).toBe(await part.oid('main'));
    expect(concludeSubmodules(receipt).submodules).toMatchObject([{ repo: 'api', submodule: path }]);
    await inside.write('README.md', 'edited\n');
    const reset = await carryOut(context, await planReset({ submodules: ['part'], repos: [] }, context));
    expect(await repo.git('status', '--porcelain')).toBe('');
    await carryOut(context, inverseOf(reset));
    expect(readFileSync(inside.path('README.md'), 'utf8')).toBe('edited\n');
    await inside.git('checkout', '--quiet', 'README.md');
    await carryOut(context, inverseOf(receipt));
    await repo.remove(path);
    expect(await observed(repo)).toEqual(before);
    expect(existsSync(repo.path('owned'))).toBe(false);
  });

  test('of a path that git takes for an option is refused', async ({ world }) => {
    const { context } = await withPart(world, HOSTILE_NAMES.option);
    const { refused } = await planUpdate(UPDATE, context);
    expect(refused?.[0]?.failure).toMatchObject({ code: 'submodule-undeclared', exit: 'git' });
  });

  test('is refused where edits or commits would be lost', async ({ world }) => {
    const stage = await openStage(world);
    const { library, context } = stage;
    await library.commit('On no branch', { 'mine.txt': 'mine\n' });
    const lost = await planUpdate(UPDATE, context);
    expect(lost.refused?.[0]?.failure).toMatchObject({ code: 'submodule-commits', exit: 'git' });
    await library.branch('mine');
    await library.write('README.md', 'edited\n');
    const edited = await planUpdate({ ...UPDATE, remote: true }, context);
    expect(edited.refused?.[0]?.failure).toMatchObject({ code: 'submodule-dirty' });
    await library.git('checkout', '--quiet', 'README.md');
    await library.git('rm', '--quiet', '.gitmodules', '--cached');
    await library.git('commit', '--quiet', '--message', 'Untracked now');
    const way = await planUpdate(UPDATE, context);
    expect(way.refused?.[0]?.failure.code).toBe('submodule-commits');
    await library.branch('mine-too');
    const overwritten = await planUpdate(UPDATE, context);
    expect(overwritten.refused?.[0]?.failure).toMatchObject({
      code: 'changes-in-the-way',
      message: expect.stringContaining('.gitmodules'),
    });
  });
});

describe('a reset', () => {
  test('discards edits and leaves the branch, and undo brings all of it back', async ({ world }) => {
    const stage = await openStage(world);
    const { library, inner, api, context } = stage;
    await work(stage);
    const before = await pictures(stage);
    const draft = await planReset({ submodules: ['library'], repos: [] }, context);
    expect(draft.steps.at(-1)).toMatchObject({ effect: 'destructive' });
    const receipt = await carryOut(context, draft);
    expect(await library.oid()).toBe(await api.git('rev-parse', 'HEAD:library'));
    expect(await library.git('branch', '--show-current')).toBe('');
    expect(await library.git('status', '--porcelain', '--ignore-submodules=untracked')).toBe(
      '?? untracked.txt',
    );
    expect(await inner.git('status', '--porcelain')).toBe('?? untracked.txt');
    expect((await planReset({ submodules: ['library'], repos: [] }, context)).settled).toHaveLength(1);
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await pictures(stage)).toEqual(before);
    await carryOut(context, inverseOf(undone));
    expect(await library.git('branch', '--show-current')).toBe('');
  });

  test('leaves the branch also where it is at the recorded commit, and needs a name', async ({ world }) => {
    const { library, context } = await openStage(world);
    await library.git('checkout', '--quiet', '-b', 'mine');
    await carryOut(context, await planReset({ submodules: ['library'], repos: ['api'] }, context));
    expect(await library.git('branch', '--show-current')).toBe('');
    const failure = await planReset({ submodules: [], repos: [] }, context).catch(failureOf);
    expect(failure).toMatchObject({ code: 'submodules-unnamed', exit: 'usage' });
  });
});

describe('a branch of a submodule', () => {
  test('is shown with those there are, and nothing changes', async ({ world }) => {
    const stage = await openStage(world);
    const before = await pictures(stage);
    const receipt = await carryOut(
      stage.context,
      await planBranch({ submodule: 'library', repos: [] }, stage.context),
    );
    expect(concludeBranch(receipt).submodules).toMatchObject([
      {
        repo: 'api',
        submodule: 'library',
        summary: expect.stringMatching(/^HEAD is detached at /),
        branch: null,
        branches: expect.arrayContaining(['main', 'origin/main']),
      },
    ]);
    expect(inverseOf(receipt).steps).toEqual([]);
    expect(await pictures(stage)).toEqual(before);
  });

  test('is fetched, created and followed where only the remote has it, and undo goes back', async ({
    world,
  }) => {
    const stage = await openStage(world);
    const { library, context } = stage;
    await library.git('update-ref', '-d', 'refs/remotes/origin/metal-fixes');
    const before = await pictures(stage);
    const receipt = await carryOut(
      context,
      await planBranch({ submodule: 'library', branch: 'metal-fixes', repos: [] }, context),
    );
    expect(await library.git('branch', '--show-current')).toBe('metal-fixes');
    expect(await library.git('rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/metal-fixes');
    await carryOut(context, inverseOf(receipt));
    expect(await pictures(stage)).toEqual(before);
  });

  test('that is nowhere is refused after the fetch, with the nearest name', async ({ world }) => {
    const { context } = await openStage(world);
    const draft = await planBranch({ submodule: 'library', branch: 'metal-fixs', repos: [] }, context);
    const receipt = await carryOut(context, { steps: draft.steps.slice(0, 2) });
    expect(receipt.steps.at(-1)).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('metal-fixes'),
    });
  });

  test('is not switched to over local changes, or away from commits that have no branch', async ({
    world,
  }) => {
    const { library, context } = await openStage(world);
    await library.write('.gitmodules', 'edited\n');
    const edited = await planBranch({ submodule: 'library', branch: 'metal-fixes', repos: [] }, context);
    expect(edited.refused?.[0]?.failure).toMatchObject({ code: 'changes-in-the-way' });
    await library.commit('On no branch');
    const alone = await planBranch({ submodule: 'library', branch: 'main', repos: [] }, context);
    expect(alone.refused?.[0]?.failure).toMatchObject({ code: 'submodule-commits' });
  });
});
