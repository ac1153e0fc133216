import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { planClean } from '../../../src/engines/repo/clean.ts';
import { concludeRepos } from '../../../src/engines/repo/conclude.ts';
import { planFetch } from '../../../src/engines/repo/fetch.ts';
import { concludePull, planPull } from '../../../src/engines/repo/pull.ts';
import { planPush } from '../../../src/engines/repo/push.ts';
import { planReset } from '../../../src/engines/repo/reset.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { observed } from '../git/observed.ts';
import { carryOut, inverseOf } from './carry-out.ts';

async function workspaceOf(world: World, states: Record<string, State>) {
  await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
  const workspace = await createWorkspace(world, states);
  return { workspace, context: testContext(world, { workspace: workspace.dir }) };
}

const codesOf = (refused: { target: { name: string }; failure: { code: string } }[] = []) =>
  Object.fromEntries(refused.map(({ target, failure }) => [target.name, failure.code]));

describe('a pull', () => {
  test('brings what can be brought, and says of the rest why not', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, {
      unfetched: 'unfetched',
      clean: 'clean',
      ahead: 'ahead',
      diverged: 'diverged',
      gone: 'gone',
      local: 'local',
      detached: 'detached',
      conflicted: 'conflicted',
      blocked: 'unfetched',
    });
    await workspace.repo('blocked').write('others.txt', 'in the way\n');
    const receipt = await carryOut(context, await planPull({ repos: [], prune: false }, context));
    const { repos } = concludePull(receipt);
    expect(
      Object.fromEntries(repos.map(({ repo, status, summary }) => [repo, `${status}: ${summary}`])),
    ).toEqual({
      unfetched: 'done: 1 commit, 1 file',
      clean: 'skipped: up to date',
      ahead: 'skipped: ahead of its upstream, nothing to bring',
      diverged: 'refused: diverged has diverged from its upstream',
      gone: 'refused: the upstream branch of gone no longer exists',
      local: 'refused: the branch of local follows no upstream',
      detached: 'refused: detached is on no branch',
      conflicted: 'refused: conflicted is in the middle of another operation',
      blocked: 'refused: blocked has local changes that the fast-forward would touch',
    });
    expect(repos[0]).toMatchObject({ commits: 1, files: 1, subjects: ['Work of others'] });
    await carryOut(context, inverseOf(receipt));
    expect(await workspace.repo('unfetched').git('rev-list', '--count', 'HEAD..@{upstream}')).toBe('1');
  });
});

describe('a fetch', () => {
  test('leaves out what has no remote and what is not cloned', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, {
      api: 'unfetched',
      alone: 'clean',
      lost: 'clean',
    });
    await workspace.repo('alone').git('remote', 'remove', 'origin');
    await world.run('rm', ['-rf', workspace.repo('lost').dir]);
    const draft = await planFetch({ repos: [], prune: true }, context);
    expect(draft.settled?.map(({ target, reason }) => [target.name, reason])).toEqual([
      ['alone', 'it has no remote'],
    ]);
    expect(codesOf(draft.refused)).toEqual({ lost: 'repo-absent' });
    const receipt = await carryOut(context, draft);
    expect(concludeRepos(receipt).repos).toEqual([
      { repo: 'api', status: 'done', summary: '1 updated (1 ref)', next: null },
    ]);
  });
});

describe('a push', () => {
  test('goes to the upstream, and a branch without one gets it', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, {
      ahead: 'ahead',
      clean: 'clean',
      behind: 'behind',
      local: 'local',
      detached: 'detached',
      unborn: 'unborn',
    });
    const draft = await planPush({ repos: [] }, context);
    expect(draft.settled?.map(({ target }) => target.name)).toEqual(['clean']);
    expect(codesOf(draft.refused)).toEqual({
      behind: 'behind-upstream',
      detached: 'no-branch',
      unborn: 'no-commit',
    });
    expect(draft.steps.every((step) => 'irreversible' in step && step.irreversible)).toBe(true);
    await carryOut(context, draft);
    for (const [name, branch] of [
      ['ahead', 'main'],
      ['local', 'local'],
    ] as const) {
      expect(await workspace.remote(name).oid(branch)).toBe(await workspace.repo(name).oid());
      expect(await workspace.repo(name).git('rev-parse', '--abbrev-ref', '@{upstream}')).toBe(
        `origin/${branch}`,
      );
    }
  });
});

describe('a reset', () => {
  const states = {
    dirty: 'dirty',
    staged: 'staged',
    ahead: 'ahead',
    diverged: 'diverged',
    behind: 'behind',
    conflicted: 'conflicted',
    submodule: 'submodule',
  } satisfies Record<string, State>;

  test('goes to the upstream, and undo and redo go back and forth', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, states);
    await workspace.repo('dirty').write('untracked.txt', 'stays\n');
    await workspace.repo('submodule').write('library/README.md', 'changed\n');
    const repos = workspace.names.map((name) => workspace.repo(name));
    const before = await Promise.all(repos.map(observed));
    const receipt = await carryOut(context, await planReset({ repos: [], all: true }, context));
    for (const repo of repos) {
      expect(await repo.oid()).toBe(await repo.oid('@{upstream}'));
      expect(await repo.git('status', '--porcelain', '-uno')).toBe('');
    }
    const after = await Promise.all(repos.map(observed));
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await Promise.all(repos.map(observed))).toEqual(before);
    await carryOut(context, inverseOf(undone));
    expect(await Promise.all(repos.map(observed))).toEqual(after);
  });

  test('has nothing to do where all is as the upstream has it, and refuses where there is none', async ({
    world,
  }) => {
    const { context } = await workspaceOf(world, {
      clean: 'clean',
      untracked: 'untracked',
      detached: 'detached',
      local: 'local',
      gone: 'gone',
    });
    const draft = await planReset({ repos: [], all: true }, context);
    expect(draft.steps).toEqual([]);
    expect(draft.settled?.map(({ target }) => target.name)).toEqual(['clean', 'untracked']);
    expect(codesOf(draft.refused)).toEqual({
      detached: 'no-branch',
      local: 'no-upstream',
      gone: 'upstream-gone',
    });
  });

  test('goes to any commit that is named, and knows which was meant', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'ahead' });
    const repo = workspace.repo('api');
    await carryOut(context, await planReset({ repos: ['api'], all: false, to: 'HEAD~2' }, context));
    expect(await repo.git('rev-list', '--count', 'HEAD')).toBe('2');
    const draft = await planReset({ repos: ['api'], all: false, to: 'mian' }, context);
    expect(draft.refused?.[0]?.failure).toMatchObject({ code: 'ref-unknown', details: { nearest: 'main' } });
  });

  test('does not begin once somebody has worked since the plan', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'dirty' });
    const draft = await planReset({ repos: ['api'], all: false }, context);
    await workspace.repo('api').write('README.md', 'work since\n');
    await expect(carryOut(context, draft)).rejects.toThrow('git.changes');
  });

  test('replaces files in its way, ignored ones too, and undo brings them back', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'behind', web: 'behind' });
    for (const repo of workspace.names.map(workspace.repo))
      await repo.write('.git/info/exclude', 'others.txt\n');
    await workspace.repo('api').write('others.txt', 'ignored and mine\n');
    await workspace.repo('web').write('others.txt/deep/file', 'ignored and mine\n');
    const repos = workspace.names.map((name) => workspace.repo(name));
    const before = await Promise.all(repos.map(observed));
    const receipt = await carryOut(context, await planReset({ repos: [], all: true }, context));
    for (const repo of repos) expect(await repo.git('status', '--porcelain', '--ignored')).toBe('');
    const after = await Promise.all(repos.map(observed));
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await Promise.all(repos.map(observed))).toEqual(before);
    await carryOut(context, inverseOf(undone));
    expect(await Promise.all(repos.map(observed))).toEqual(after);
  });

  test('acts on nothing that is not named', async ({ world }) => {
    const { context } = await workspaceOf(world, { api: 'dirty' });
    for (const input of [
      { repos: [], all: false },
      { repos: ['api'], all: true },
    ]) {
      const failure = await planReset(input, context).catch(failureOf);
      expect(failure).toMatchObject({ code: 'repos-unnamed', exit: 'usage' });
    }
    const unknown = await planReset({ repos: ['apo'], all: false }, context).catch(failureOf);
    expect(unknown).toMatchObject({ code: 'repo-unknown', details: { nearest: 'api' } });
  });

  test('refuses what a snapshot could not keep', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'dirty' });
    const place = workspace.repo('api').path('README.md');
    await world.run('rm', [place]);
    await world.run('mkfifo', [place]);
    const draft = await planReset({ repos: ['api'], all: false }, context);
    expect(codesOf(draft.refused)).toEqual({ api: 'snapshot-impossible' });
  });
});

describe('a clean', () => {
  test('deletes what is untracked, and undo and redo go back and forth', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'untracked', web: 'clean' });
    const repo = workspace.repo('api');
    await repo.write('.git/info/exclude', '*.log\n');
    for (const path of ['new/deep/file', 'new/debug.log', 'debug.log', 'src/part-0/new'])
      await repo.write(path);
    await world.run('mkdir', ['-p', repo.path('empty', 'inside')]);
    const before = await observed(repo);
    const draft = await planClean({ repos: [], all: true, ignored: false }, context);
    expect(draft.settled?.map(({ target }) => target.name)).toEqual(['web']);
    const receipt = await carryOut(context, draft);
    expect(await repo.git('status', '--porcelain')).toBe('');
    expect(existsSync(repo.path('debug.log'))).toBe(true);
    expect(existsSync(repo.path('empty'))).toBe(false);
    const after = await observed(repo);
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
    await carryOut(context, inverseOf(undone));
    expect(await observed(repo)).toEqual(after);
  });

  test('deletes ignored files where they are asked for, and undo brings them back', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.write('.git/info/exclude', 'build\n*.log\n');
    for (const path of ['build/out.bin', 'debug.log', 'mixed/a.log', 'mixed/b.txt']) await repo.write(path);
    const before = await observed(repo);
    const draft = await planClean({ repos: ['api'], all: false, ignored: true }, context);
    const receipt = await carryOut(context, draft);
    expect(await repo.git('status', '--porcelain', '--ignored')).toBe('');
    await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
  });

  test('never deletes a repository of its own', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.git('clone', '--quiet', repo.dir, repo.path('nested'));
    await repo.git('clone', '--quiet', repo.dir, repo.path('deep', 'nested'));
    const draft = await planClean({ repos: ['api'], all: false, ignored: false }, context);
    await carryOut(context, draft);
    expect(existsSync(repo.path('nested', 'README.md'))).toBe(true);
    expect(existsSync(repo.path('deep', 'nested', 'README.md'))).toBe(true);
  });

  test('refuses a name that can not be said', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    await world.run('sh', ['-c', 'touch "$(printf "caf\\351")"'], { cwd: workspace.repo('api').dir });
    const draft = await planClean({ repos: ['api'], all: false, ignored: false }, context);
    expect(codesOf(draft.refused)).toEqual({ api: 'path-undecodable' });
  });
});
