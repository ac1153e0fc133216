import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Context } from '../../../src/engines/core/context.ts';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { listUntracked } from '../../../src/engines/git/changes.ts';
import { applyClean } from '../../../src/engines/git/clean.ts';
import { applyReset } from '../../../src/engines/git/reset.ts';
import { applyRestore } from '../../../src/engines/git/restore.ts';
import { applySnapshot, checkSnapshot } from '../../../src/engines/git/snapshot.ts';
import { testContext } from '../../rig/context.ts';
import { createRemote, createRepo, type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { HOSTILE_NAMES } from '../../rig/names.ts';
import { createSite, STATES, type State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';
import { observed } from './observed.ts';

async function snapshot(context: Context, repo: Repo, ignored = false): Promise<string> {
  const { result } = await applySnapshot(applied(repo, { ignored, also: [] }), context);
  return (result as { oid: string }).oid;
}

async function restore(context: Context, repo: Repo, oid: string): Promise<string> {
  const { result } = await applyRestore(applied(repo, { oid }), context);
  return (result as { before: string }).before;
}

/** What `repo reset` and `repo clean` do after their snapshot. */
async function destroy(context: Context, repo: Repo, to: string, ignored = false): Promise<void> {
  await applyReset(applied(repo, { to, submodules: true }), context);
  const paths = await listUntracked(context, repo.dir, { ignored });
  const named = paths
    .map((path) => Buffer.from(path, 'latin1').toString())
    .filter((path) => !path.endsWith('/'));
  await applyClean(applied(repo, { paths: named, ignored }), context);
}

/** Snapshot, destruction, restoration, and back again; at every turn all is as it was. */
async function expectRoundTrip(context: Context, repo: Repo, to: string, ignored = false): Promise<void> {
  const original = await observed(repo);
  const oid = await snapshot(context, repo, ignored);
  expect(await observed(repo)).toEqual(original);

  await destroy(context, repo, to, ignored);
  const destroyed = await observed(repo);
  const before = await restore(context, repo, oid);
  expect(await observed(repo)).toEqual(original);

  const again = await restore(context, repo, before);
  expect(await observed(repo)).toEqual(destroyed);
  await restore(context, repo, again);
  expect(await observed(repo)).toEqual(original);
  expect((await repo.tryGit('fsck', '--strict', '--no-dangling')).code).toBe(0);
}

const worldOptions = { gitConfig: { 'protocol.file.allow': 'always' } };

async function siteIn(world: World, state: State) {
  for (const [key, value] of Object.entries(worldOptions.gitConfig)) {
    await world.run('git', ['config', '--global', key, value]);
  }
  return createSite(world, {
    dir: world.path('work', 'api'),
    remote: world.path('remotes', 'api.git'),
    state,
  });
}

describe('a snapshot brings back', () => {
  for (const state of Object.keys(STATES) as State[]) {
    test(`a repository that is ${state}`, async ({ world }) => {
      const { repo, remote } = await siteIn(world, state);
      await repo.git('fetch', '--quiet');
      await repo.write('left over.txt', 'untracked\n');
      await expectRoundTrip(testContext(world), repo, await remote.oid('main'));
    });
  }

  test('files whose names are hostile', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'clean');
    const names = Object.values(HOSTILE_NAMES);
    for (const name of names) await repo.write(`tracked/${name}`, name);
    await repo.commit('Odd names');
    for (const name of names) {
      await repo.write(`tracked/${name}`, `changed ${name}`);
      await repo.write(`untracked/${name}`, name);
      await repo.write(`${name}-dir/${name}`, name);
    }
    await expectRoundTrip(testContext(world), repo, await remote.oid('main'));
  });

  test('permissions, links, empty directories and files in the place of directories', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'clean');
    await repo.commit('Shapes', { 'dir/file': 'file\n', plain: 'plain\n', run: '#!/bin/sh\n' });
    chmodSync(repo.path('run'), 0o755);
    writeFileSync(repo.path('secret'), 'secret', { mode: 0o600 });
    mkdirSync(repo.path('empty', 'inside'), { recursive: true });
    symlinkSync('/etc/passwd', repo.path('link'));
    rmSync(repo.path('dir'), { recursive: true });
    symlinkSync('/nowhere', repo.path('dir'));
    rmSync(repo.path('plain'));
    mkdirSync(repo.path('plain'));
    writeFileSync(repo.path('plain', 'inside'), 'inside');
    await expectRoundTrip(testContext(world), repo, await remote.oid('main'));
  });

  test('the state of an index: staged and changed again, intended, deleted', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'clean');
    await repo.commit('More', { a: 'a\n', b: 'b\n', c: 'c\n', d: 'd\n' });
    await repo.write('a', 'staged\n');
    await repo.git('add', 'a');
    await repo.write('a', 'changed again\n');
    await repo.write('intended', 'intended\n');
    await repo.git('add', '--intent-to-add', 'intended');
    await repo.git('rm', '--cached', '--quiet', 'c');
    await repo.git('mv', 'd', 'renamed');
    await expectRoundTrip(testContext(world), repo, await remote.oid('main'));
  });

  test('line endings that git would have written otherwise', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'clean');
    await repo.commit('Text', {
      '.gitattributes': '*.txt text=auto\n',
      'dos.txt': 'a\nb\n',
      'mixed.txt': 'a\n',
    });
    writeFileSync(repo.path('dos.txt'), 'a\r\nb\r\n');
    writeFileSync(repo.path('mixed.txt'), 'a\r\n');
    await repo.git('add', '--renormalize', '.');
    await expectRoundTrip(testContext(world), repo, await remote.oid('main'));
  });

  test('ignored files, where they are asked for', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'clean');
    await repo.write('.gitignore', 'build/\n*.log\n');
    await repo.write('build/deep/output.bin', 'built');
    await repo.write('debug.log', 'log');
    await expectRoundTrip(testContext(world), repo, await remote.oid('main'), true);
  });

  test('a change that git was told to overlook', async ({ world }) => {
    const { repo } = await siteIn(world, 'clean');
    await repo.git('update-index', '--assume-unchanged', 'README.md');
    await repo.write('README.md', 'hidden from status\n');
    const context = testContext(world);
    const before = await observed(repo);
    const oid = await snapshot(context, repo);
    await repo.git('update-index', '--no-assume-unchanged', 'README.md');
    await repo.git('checkout', '--quiet', 'README.md');
    const again = await restore(context, repo, oid);
    expect(await observed(repo)).toEqual(before);
    await restore(context, repo, again);
    await restore(context, repo, oid);
    expect(await observed(repo)).toEqual(before);
  });

  test('submodules with work of their own, at any depth', async ({ world }) => {
    const { repo } = await siteIn(world, 'submodule');
    const inner = await createRemote(world, world.path('remotes', 'inner.git'));
    const library = repoAt(world, repo.path('library'));
    await library.git('submodule', '--quiet', 'add', '--', inner.dir, 'inner');
    await library.commit('Add the inner one');
    await library.git('push', '--quiet');
    const recorded = await repo.commit('Move the library');
    const innermost = repoAt(world, library.path('inner'));
    await library.commit('Not yet recorded');
    await library.write('untracked in library', 'work\n');
    await innermost.write('README.md', 'changed deep below\n');
    await repo.write('README.md', 'changed\n');
    const context = testContext(world);
    const all = [repo, library, innermost];
    const before = await Promise.all(all.map(observed));
    const oid = await snapshot(context, repo);
    await destroy(context, repo, recorded);
    expect((await observed(innermost)).files).not.toEqual(before[2]?.files);
    await restore(context, repo, oid);
    expect(await Promise.all(all.map(observed))).toEqual(before);
  });

  test('a repository without a commit and without an index', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'new'));
    await repo.write('first.txt', 'first\n');
    const context = testContext(world);
    const before = await observed(repo);
    const oid = await snapshot(context, repo);
    await repo.commit('Begin');
    await restore(context, repo, oid);
    expect(await observed(repo)).toEqual(before);
  });

  test('any mix of changes', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'clean');
    const base = await repo.commit(
      'Base',
      Object.fromEntries(PATHS.map((path) => [path, `${path}\n`.repeat(4)])),
    );
    const target = await remote.oid('main');
    const context = testContext(world);
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
        await repo.git('reset', '--quiet', '--hard', base);
        await repo.git('clean', '--quiet', '-ffdx');
        for (const one of edits) await applyEdit(repo, one);
        await expectRoundTrip(context, repo, target);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a snapshot', () => {
  test('touches neither index nor stash nor reflog', async ({ world }) => {
    const { repo } = await siteIn(world, 'dirty');
    const read = () =>
      Promise.all([
        repo.git('reflog', 'show', 'HEAD'),
        repo.git('stash', 'list'),
        world.run('sha1sum', [repo.path('.git', 'index')]).then(({ stdout }) => stdout),
      ]);
    const before = await read();
    await snapshot(testContext(world), repo);
    expect(await read()).toEqual(before);
  });

  test('survives a garbage collection with everything that it needs', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'conflicted');
    const context = testContext(world);
    const before = await observed(repo);
    const oid = await snapshot(context, repo);
    await destroy(context, repo, await remote.oid('main'));
    await repo.git('branch', '-D', 'other');
    await repo.git('reflog', 'expire', '--expire=now', '--all');
    await repo.git('gc', '--quiet', '--prune=now');
    await restore(context, repo, oid);
    const after = await observed(repo);
    expect({ ...after, refs: '' }).toEqual({ ...before, refs: '' });
  });

  test('is found again after a crash, as long as it shows what is there', async ({ world }) => {
    const { repo } = await siteIn(world, 'dirty');
    const context = testContext(world);
    const step = applied(repo, { ignored: false, also: [] });
    expect(await checkSnapshot(step, context)).toBeUndefined();
    const taken = await applySnapshot(step, context);
    expect(await checkSnapshot(step, context)).toEqual(taken);
    await repo.write('README.md', 'changed since\n');
    expect(await checkSnapshot(step, context)).toBeUndefined();
  });

  test('refuses what it could not keep', async ({ world }) => {
    const { repo } = await siteIn(world, 'clean');
    await world.run('mkfifo', [repo.path('README.md.pipe')]);
    rmSync(repo.path('README.md'));
    await world.run('mkfifo', [repo.path('README.md')]);
    const failure = await snapshot(testContext(world), repo).then(
      () => undefined,
      (thrown: unknown) => failureOf(thrown),
    );
    expect(failure?.code).toBe('snapshot-impossible');
  });

  test('keeps the work that somebody did between a crash and the resumption', async ({ world }) => {
    const { repo, remote } = await siteIn(world, 'dirty');
    const context = testContext(world);
    const oid = await snapshot(context, repo);
    await destroy(context, repo, await remote.oid('main'));
    const undo = applied(repo, { oid });
    await applyRestore(undo, context);
    await repo.write('README.md', 'work since\n');
    await applyRestore(undo, context);
    const refs = await repo.git('for-each-ref', '--format=%(objectname)', `refs/gantry/${undo.activity}`);
    const states = await Promise.all(
      refs.split('\n').map((ref) => repo.git('cat-file', 'blob', `${ref}:files/0`).catch(() => '')),
    );
    expect(states).toContain('work since');
  });
});

const PATHS = [
  'one',
  'two',
  'dir/three',
  'dir/four',
  'dir/deep/five',
  'run.sh',
  'naïve-日本語',
  'two\nlines',
];

const anyPath = fc.constantFrom(...PATHS, 'new', 'dir/new', 'other/new', 'dir', 'one/below', 'it\'s "odd"');
const edit = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path: anyPath, text: fc.string({ maxLength: 20 }) }),
  fc.record({
    kind: fc.constantFrom('delete', 'stage', 'unstage', 'link', 'executable', 'intend'),
    path: anyPath,
  }),
  fc.record({ kind: fc.constant('rename' as const), path: anyPath, to: anyPath }),
);
type Edit = { kind: string; path: string; text?: string; to?: string };

/** Edits that make no sense where they stand change nothing: git and the file system refuse them. */
async function applyEdit(repo: Repo, { kind, path, text, to }: Edit): Promise<void> {
  const place = repo.path(path);
  try {
    if (kind === 'write' || kind === 'link') {
      mkdirSync(dirname(place), { recursive: true });
      rmSync(place, { recursive: true, force: true });
      if (kind === 'link') symlinkSync('somewhere', place);
      else writeFileSync(place, text ?? '');
    }
    if (kind === 'delete') rmSync(place, { recursive: true });
    if (kind === 'executable') chmodSync(place, 0o755);
  } catch (thrown) {
    if (!/^E(NOENT|NOTDIR|EXIST|ISDIR)$/.test((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
  }
  if (kind === 'stage') await repo.tryGit('add', '--all', '--', path);
  if (kind === 'unstage') await repo.tryGit('rm', '--cached', '--quiet', '-r', '--', path);
  if (kind === 'intend') await repo.tryGit('add', '--intent-to-add', '--', path);
  if (kind === 'rename') await repo.tryGit('mv', '-k', '--', path, to ?? path);
}
