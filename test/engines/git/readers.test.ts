import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { readBranches } from '../../../src/engines/git/branches.ts';
import { readFileDiffs, readPatch } from '../../../src/engines/git/diff.ts';
import { parseGitmodules } from '../../../src/engines/git/gitmodules.ts';
import { readLog } from '../../../src/engines/git/log.ts';
import { requireBranchName, requireCommit } from '../../../src/engines/git/names.ts';
import { parseProgress } from '../../../src/engines/git/progress.ts';
import { readSubmodules } from '../../../src/engines/git/submodules.ts';
import { readWorktrees } from '../../../src/engines/git/worktree/list.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import { HOSTILE_BRANCHES, HOSTILE_NAMES } from '../../rig/names.ts';
import { createSite } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';

describe('the log', () => {
  test('gives every commit whole, whatever people wrote', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    const subjects = ['plain', 'with \x1f and \t and \x1b]0;title\x07', '日本語', '%H %x00 "quoted"', '-n'];
    for (const subject of subjects) {
      await repo.git('commit', '--quiet', '--allow-empty', `--author=A\x1fB <a@example.test>`, '-m', subject);
    }
    await repo.git('tag', 'v1');
    const log = await readLog(testContext(world), repo.dir, { limit: 4 });
    expect(log.map(({ subject }) => subject)).toEqual(subjects.toReversed().slice(0, 4));
    expect(log[0]).toMatchObject({
      author: 'A\x1fB',
      email: 'a@example.test',
      at: 1_767_323_045,
      refs: ['HEAD', 'refs/heads/main', 'refs/tags/v1'],
      parents: [log[1]?.oid],
    });
  });

  test('can be narrowed to paths with hostile names', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    for (const [why, name] of Object.entries(HOSTILE_NAMES)) await repo.commit(why, { [`d/${name}`]: why });
    const context = testContext(world);
    for (const [why, name] of Object.entries(HOSTILE_NAMES)) {
      const log = await readLog(context, repo.dir, { limit: 9, paths: [`d/${name}`] });
      expect(log.map(({ subject }) => subject)).toEqual([why]);
    }
  });
});

describe('branches', () => {
  test('come with upstream, distance and worktree', async ({ world }) => {
    const { repo } = await createSite(world, {
      dir: world.path('work', 'api'),
      remote: world.path('remotes', 'api.git'),
      state: 'diverged',
    });
    await repo.git('worktree', 'add', '--quiet', '-b', 'topic', world.path('work', 'two\nlines'));
    await repo.git('branch', '--quiet', 'gone', '--track', 'origin/main');
    await repo.git('config', 'branch.gone.merge', 'refs/heads/never');
    const branches = await readBranches(testContext(world), repo.dir);
    const named = Object.fromEntries(branches.map((one) => [one.name, one]));
    expect(named.main).toMatchObject({ current: true, upstream: 'origin/main', ahead: 1, behind: 1 });
    expect(named.topic).toMatchObject({
      current: false,
      upstream: null,
      worktree: world.path('work', 'two\nlines'),
    });
    expect(named.gone).toMatchObject({ upstreamGone: true });
    const remote = await readBranches(testContext(world), repo.dir, { remote: true });
    expect(remote.map(({ name }) => name)).toEqual(['origin/main']);
    const worktrees = await readWorktrees(testContext(world), repo.dir);
    expect(worktrees.map(({ path, branch }) => [path, branch])).toEqual([
      [repo.dir, 'main'],
      [world.path('work', 'two\nlines'), 'topic'],
    ]);
  });

  test('with hostile names are found by exactly those names', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    const oid = await repo.commit('Begin');
    const context = testContext(world);
    for (const name of Object.values(HOSTILE_BRANCHES)) {
      await repo.git('update-ref', `refs/heads/${name}`, oid);
      expect(await requireCommit(context, repo.dir, name)).toBe(oid);
    }
    const names = (await readBranches(context, repo.dir)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['main', ...Object.values(HOSTILE_BRANCHES)].toSorted());
  });

  test('that do not exist suggest the nearest', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    await repo.commit('Begin');
    await repo.branch('feature/login');
    const failure = await requireCommit(testContext(world), repo.dir, 'feature/logn').catch(failureOf);
    expect(failure).toMatchObject({
      code: 'ref-unknown',
      exit: 'usage',
      details: { nearest: 'feature/login' },
    });
  });

  test('are named by git’s own rules', async ({ world }) => {
    const context = testContext(world);
    await requireBranchName(context, world.path('work'), 'feature/日本');
    for (const name of ['-rf', 'a..b', 'a b', 'x.lock', '', 'a\nb', '@{']) {
      const failure = await requireBranchName(context, world.path('work'), name).catch(failureOf);
      expect(failure).toMatchObject({ code: 'ref-invalid' });
    }
  });
});

describe('a diff', () => {
  test('lists every file with its lines, and the patch', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    const names = Object.values(HOSTILE_NAMES).map((name) => `d/${name}`);
    await repo.commit('Begin', {
      ...Object.fromEntries(names.map((name) => [name, `${name}\n`])),
      moved: 'a\nb\nc\n',
    });
    for (const name of names) await repo.write(name, 'changed\n');
    await repo.write('image', '\0\0');
    await repo.git('mv', 'moved', 'was moved');
    await repo.git('add', '--all');
    const context = testContext(world);
    const files = await readFileDiffs(context, repo.dir, { from: 'HEAD', staged: true });
    expect(
      files
        .filter(({ path }) => path.startsWith('d/'))
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(names.toSorted());
    expect(files).toContainEqual({ path: 'was moved', from: 'moved', change: 'R', added: 0, deleted: 0 });
    expect(files).toContainEqual({ path: 'image', change: 'A', added: null, deleted: null });
    const patch = await readPatch(context, repo.dir, { from: 'HEAD', paths: [HOSTILE_NAMES.glob] });
    expect(patch).toBe('');
  });

  test('runs no program that the repository names', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    await repo.commit('Begin', { 'a.txt': 'a\n', '.gitattributes': '*.txt diff=evil\n' });
    await repo.write('a.txt', 'b\n');
    for (const key of ['diff.external', 'diff.evil.command', 'diff.evil.textconv']) {
      await repo.git('config', key, 'sh -c "echo owned"');
    }
    expect(await readPatch(testContext(world), repo.dir, { from: 'HEAD' })).toContain('-a\n+b\n');
  });
});

describe('submodules', () => {
  test('tell what is recorded and what is checked out', async ({ world }) => {
    await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
    const { repo } = await createSite(world, {
      dir: world.path('work', 'api'),
      remote: world.path('remotes', 'api.git'),
      state: 'submodule',
    });
    const recorded = await repo.git('-C', 'library', 'rev-parse', 'HEAD');
    await repo.git('-C', 'library', 'commit', '--quiet', '--allow-empty', '-m', 'more');
    expect(await readSubmodules(testContext(world), repo.dir)).toEqual([
      {
        name: 'library',
        path: 'library',
        url: world.path('remotes', 'api.git.parts'),
        recorded,
        head: await repo.git('-C', 'library', 'rev-parse', 'HEAD'),
      },
    ]);
  });

  test('are read as git reads its configuration', () => {
    const text = [
      '[submodule "a \\"b\\""]\n\tpath = "with # hash" ; comment\n  URL=../b.git\n',
      '[other]\n\tpath = no\n[submodule "up"]\n\tpath = ../outside\n[submodule "abs"]\n\tpath = /etc\n',
      '[submodule "c"]\n\tpath = c \\\ncontinued\n\tbranch = main\n',
    ].join('');
    expect(parseGitmodules(text)).toEqual([
      { name: 'a "b"', path: 'with # hash', url: '../b.git', branch: undefined },
      { name: 'c', path: 'c continued', url: undefined, branch: 'main' },
    ]);
  });
});

test('progress is the newest counter that git wrote', () => {
  expect(
    parseProgress('remote: Counting objects: 10% (1/10)\rReceiving objects:  42% (420/1000), 1.2 MiB'),
  ).toEqual({
    label: 'Receiving objects',
    done: 420,
    total: 1000,
  });
  expect(parseProgress('From /somewhere\n')).toBeUndefined();
});
