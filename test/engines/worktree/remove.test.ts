import { existsSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, readlink, rm, stat, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect } from 'vitest';
import { type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage } from '../workspace/stage.ts';

const YES = { approval: { yes: true } } as const;

const worktreeOf = (world: World, set: string, repo: string) =>
  repoAt(world, world.path('work', '.worktrees', set, repo));

/** Every byte of a directory, what git keeps included; the index as it was last written. */
const bytesBelow = async (dir: string): Promise<Record<string, string>> => {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(dir, path), await readFile(path, 'base64')] as const;
  });
  return Object.fromEntries(await Promise.all(read));
};

const everything = async (main: Repo, id: string, worktree: Repo) => ({
  administration: await bytesBelow(main.path('.git', 'worktrees', id)),
  worktree: await bytesBelow(worktree.dir),
  refs: (await main.git('for-each-ref')).split('\n').filter((line) => !line.includes('refs/gantry/')),
});

/** A set with work of every kind in its worktree of `api`. */
const withWork = async (world: World) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const stage = createStage(world);
  await stage.receipt('worktree.add', { name: 'login' });
  const worktree = worktreeOf(world, 'login', 'api');
  await workspace.repo('api').write('.git/info/exclude', 'build/\n.env\n');
  await worktree.write('staged.txt', 'staged\n');
  await worktree.git('add', 'staged.txt');
  await worktree.write('staged.txt', 'staged and changed again\n');
  await worktree.write('README.md', 'changed\n');
  await worktree.write('notes/mine.txt', 'untracked\n');
  await worktree.write('.env', 'SECRET=1\n');
  return { workspace, stage, worktree, main: workspace.repo('api') };
};

const MEMORY = '/dev/shm';
const hasTwoFileSystems = existsSync(MEMORY) && statSync(MEMORY).dev !== statSync('/tmp').dev;

describe('removing a worktree set', () => {
  test.runIf(hasTwoFileSystems)('comes back whole from another file system', async ({ world }) => {
    const state = await mkdtemp(`${MEMORY}/gantry-`);
    world.defer(() => rm(state, { recursive: true, force: true }));
    world.env.XDG_STATE_HOME = state;
    const { stage, worktree, main } = await withWork(world);
    await symlink('nowhere', worktree.path('dangling'));
    await chmod(worktree.path('.env'), 0o600);
    const before = await everything(main, 'api', worktree);
    await stage.receipt('worktree.remove', { name: 'login', force: true }, YES);
    expect(existsSync(worktree.dir)).toBe(false);
    expect(existsSync(main.path('.git', 'worktrees'))).toBe(false);
    await stage.receipt('undo', {}, YES);
    expect(await everything(main, 'api', worktree)).toEqual(before);
    expect(await readlink(worktree.path('dangling'))).toBe('nowhere');
    expect((await stat(worktree.path('.env'))).mode & 0o777).toBe(0o600);
    expect(await worktree.git('show', ':staged.txt')).toBe('staged');
  });

  test('takes the worktrees and leaves the branches; undo brings all of it back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    const [main, worktree] = [workspace.repo('api'), worktreeOf(world, 'login', 'api')];
    await worktree.commit('Begin the login', { 'login.txt': 'login\n' });
    const before = await everything(main, 'api', worktree);

    const removed = await stage.receipt('worktree.remove', { name: 'login' }, YES);
    expect(removed.status).toBe('done');
    expect(existsSync(world.path('work', '.worktrees', 'login'))).toBe(false);
    expect(await main.git('worktree', 'list')).not.toContain('login');
    expect(await main.git('log', '-1', '--format=%s', 'login')).toBe('Begin the login');

    await stage.receipt('undo', {}, YES);
    expect(await everything(main, 'api', worktree)).toEqual(before);
    expect(await worktree.git('status', '--porcelain')).toBe('');
  });

  test('refuses changes and says which, and takes them with --force; undo has every byte', async ({
    world,
  }) => {
    const { stage, worktree, main } = await withWork(world);
    const before = await everything(main, 'api', worktree);
    const refused = await stage.receipt('worktree.remove', { name: 'login' }, YES);
    expect(refused.steps).toMatchObject([
      {
        target: { name: 'api' },
        failure: {
          code: 'worktree-dirty',
          message: `api: ${worktree.dir} has 2 changed files, 1 untracked file.`,
          next: [`git -C ${worktree.dir} status`, 'gantry worktree remove login --force'],
        },
      },
    ]);
    expect(await everything(main, 'api', worktree)).toEqual(before);

    await stage.receipt('worktree.remove', { name: 'login', force: true }, YES);
    expect(existsSync(worktree.dir)).toBe(false);
    // What was staged is in no commit: git must not take it for garbage.
    await main.git('gc', '--quiet', '--prune=now');
    await stage.receipt('undo', {}, YES);
    const after = await everything(main, 'api', worktree);
    expect(after).toEqual(before);
    expect(await worktree.git('show', ':staged.txt')).toBe('staged');
    expect(await main.git('fsck', '--no-dangling')).toBe('');
  });

  test('deletes ignored directories, which its plan lists, and keeps ignored files', async ({ world }) => {
    const { stage, worktree } = await withWork(world);
    await worktree.write('build/out.bin', 'built\n');
    const plan = await stage.plan('worktree.remove', { name: 'login', force: true });
    expect(plan.described.flatMap(({ calls }) => calls)).toContainEqual(
      expect.objectContaining({
        summary: 'delete 1 ignored directory: build/',
        effect: 'destructive',
        irreversible: true,
      }),
    );
    await stage.receipt('worktree.remove', { name: 'login', force: true }, YES);
    await stage.receipt('undo', {}, YES);
    expect(existsSync(worktree.path('build'))).toBe(false);
    expect(await readFile(worktree.path('.env'), 'utf8')).toBe('SECRET=1\n');
  });

  test('keeps ignored directories on request', async ({ world }) => {
    const { stage, worktree } = await withWork(world);
    await worktree.write('build/out.bin', 'built\n');
    await stage.receipt('worktree.remove', { name: 'login', force: true, keepIgnored: true }, YES);
    await stage.receipt('undo', {}, YES);
    expect(await readFile(worktree.path('build', 'out.bin'), 'utf8')).toBe('built\n');
  });

  test('a directory of which only the files are ignored is kept', async ({ world }) => {
    const { stage, worktree, workspace } = await withWork(world);
    await workspace.repo('api').write('.git/info/exclude', 'config/*.local\n.env\n');
    await worktree.write('config/database.local', 'mine\n');
    await stage.receipt('worktree.remove', { name: 'login', force: true }, YES);
    await stage.receipt('undo', {}, YES);
    expect(await readFile(worktree.path('config', 'database.local'), 'utf8')).toBe('mine\n');
  });

  test.for([
    [
      'a merge',
      'worktree-busy',
      async (worktree: Repo) => {
        await worktree.commit('Here', { 'a.txt': 'here\n' });
        await worktree.git('switch', '--quiet', '--create', 'other', 'HEAD~1');
        await worktree.commit('There', { 'a.txt': 'there\n' });
        await worktree.tryGit('merge', 'login');
      },
    ],
    [
      'a lock',
      'worktree-locked',
      async (worktree: Repo) => {
        await worktree.git('worktree', 'lock', '--reason', 'mine', worktree.dir);
      },
    ],
    [
      'a change that git is told to overlook',
      'worktree-dirty',
      async (worktree: Repo) => {
        await worktree.git('update-index', '--assume-unchanged', 'README.md');
        await worktree.write('README.md', 'overlooked\n');
      },
    ],
  ] as const)('refuses %s, and nothing is changed', async ([, code, make], { world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await make(worktreeOf(world, 'login', 'api'));
    const receipt = await stage.receipt('worktree.remove', { name: 'login' }, YES);
    expect(receipt.steps).toMatchObject([{ target: { name: 'api' }, failure: { code } }]);
    expect(existsSync(worktreeOf(world, 'login', 'web').dir)).toBe(true);
  });

  test("refuses another's lease and names the holder", async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await stage.receipt('lease.take', { name: 'login', repo: 'web' }, { actor: 'agent' });
    const receipt = await stage.receipt('worktree.remove', { name: 'login', force: true }, YES);
    expect(receipt.steps).toMatchObject([
      {
        target: { name: 'web' },
        failure: { code: 'leased', details: { holder: expect.stringContaining('ada') } },
      },
    ]);
    expect(existsSync(worktreeOf(world, 'login', 'api').dir)).toBe(true);
    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list');
    expect(worktrees).toMatchObject([{ lease: null }, { lease: expect.stringContaining('ada') }]);
  });

  test('with its branches refuses commits that nobody else has, counts and names them', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    const worktree = worktreeOf(world, 'login', 'api');
    await worktree.commit('Begin the login', { 'login.txt': 'login\n' });
    const input = { name: 'login', deleteBranch: true };
    const refused = await stage.receipt('worktree.remove', input, YES);
    expect(refused.steps).toMatchObject([
      {
        failure: {
          code: 'branch-only-here',
          message: expect.stringMatching(/^api: login alone has 1 commit: \w+ Begin the login\.$/),
          details: { commits: 1 },
        },
      },
    ]);
    await worktree.git('push', '--quiet', 'origin', 'login');
    await stage.receipt('worktree.remove', input, YES);
    expect(await workspace.repo('api').git('branch', '--list', 'login')).toBe('');

    await stage.receipt('undo', {}, YES);
    expect(await worktree.git('log', '-1', '--format=%s')).toBe('Begin the login');
    expect(await worktree.git('status', '--porcelain')).toBe('');
  });

  test('with its branches, a commit that a tag has is in no danger', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    const worktree = worktreeOf(world, 'login', 'api');
    await worktree.commit('Begin the login', { 'login.txt': 'login\n' });
    await worktree.git('tag', 'tried');
    await stage.receipt('worktree.remove', { name: 'login', deleteBranch: true }, YES);
    expect(await workspace.repo('api').git('branch', '--list', 'login')).toBe('');
  });

  test('with a branch that has commits of its own is asked about, also once the worktree is gone', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const api = workspace.repo('api');
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await worktreeOf(world, 'login', 'api').commit('Begin the login', { 'login.txt': 'login\n' });
    await stage.receipt('worktree.remove', { name: 'login' }, YES);
    const input = { name: 'login', deleteBranch: true, force: true };
    expect((await stage.plan('worktree.remove', input)).described).toMatchObject([
      { calls: [{ effect: 'destructive', summary: 'delete login, whose commits are nowhere else' }] },
    ]);
    expect((await stage.call('worktree.remove', input)).kind).toBe('approval');
    expect(await api.git('branch', '--list', 'login')).toContain('login');
    await stage.receipt('worktree.remove', input, YES);
    expect(await api.git('branch', '--list', 'login')).toBe('');
    await stage.receipt('undo', {}, YES);
    expect(await api.git('log', '-1', '--format=%s', 'login')).toBe('Begin the login');
  });

  test('with its branches takes the branch that a broken-off removal left', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await stage.receipt('worktree.remove', { name: 'login' }, YES);
    await stage.receipt('worktree.remove', { name: 'login', deleteBranch: true }, YES);
    expect(await workspace.repo('api').git('branch', '--list', 'login')).toBe('');
  });

  test('with its branches refuses the default branch and develop', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await workspace.repo('api').git('switch', '--quiet', '--create', 'other');
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', branch: 'main' });
    const receipt = await stage.receipt(
      'worktree.remove',
      { name: 'login', deleteBranch: true, force: true },
      YES,
    );
    expect(receipt.steps).toMatchObject([{ failure: { code: 'branch-standing' } }]);
    expect((await stage.receipt('worktree.remove', { name: 'login' }, YES)).status).toBe('done');
    expect(await workspace.repo('api').git('branch', '--list', 'main')).toContain('main');
  });

  test('a set that is not there is named with the nearest that is', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    expect(await stage.failure('worktree.remove', { name: 'logni' })).toMatchObject({
      code: 'set-unknown',
      message: 'There is no worktree set "logni". Did you mean login?',
    });
  });

  test('undo refuses once the branch has moved, and says so', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await stage.receipt('worktree.remove', { name: 'login' }, YES);
    await workspace.repo('api').git('switch', '--quiet', 'login');
    const receipt = await stage.receipt('undo', {}, YES);
    expect(receipt.steps).toMatchObject([
      {
        failure: {
          code: 'undo-moved',
          message: expect.stringMatching(/^api: the branch login is \w+ at .*\/work\/api, not \w+\.$/),
        },
      },
    ]);
  });

  test('undo finds another name where git has given the old one away', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    const allowed = ['-c', 'protocol.file.allow=always'];
    const main = workspace.repo('api');
    await main.git(
      ...allowed,
      'submodule',
      '--quiet',
      'add',
      '--',
      workspace.remote('api').dir,
      'parts/library',
    );
    await main.commit('Add the library');
    await stage.receipt('worktree.add', { name: 'login', base: 'main' });
    const worktree = worktreeOf(world, 'login', 'api');
    await worktree.git(...allowed, 'submodule', '--quiet', 'update', '--init');
    await stage.receipt('worktree.remove', { name: 'login' }, YES);
    await stage.receipt('worktree.add', { name: 'other' });
    await stage.receipt('undo', { id: '2' }, YES);

    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list');
    expect(worktrees).toMatchObject([
      { set: 'login', branch: 'login', state: 'ok' },
      { set: 'other', branch: 'other', state: 'ok' },
    ]);
    expect(await worktree.git('status', '--porcelain')).toBe('');
    expect(await worktree.git('submodule', 'status')).toMatch(/^ \w+ parts\/library/);
    expect(await main.git('worktree', 'prune', '--dry-run', '--verbose')).toBe('');
  });

  test('a submodule with commits of its own is work, too', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'submodule' });
    const stage = createStage(world);
    const allowed = ['-c', 'protocol.file.allow=always'];
    await stage.receipt('worktree.add', { name: 'login' });
    const worktree = worktreeOf(world, 'login', 'api');
    await worktree.git(...allowed, 'submodule', '--quiet', 'update', '--init');
    const library = repoAt(world, worktree.path('library'));
    await library.commit('Only here', { 'only.txt': 'only here\n' });
    await worktree.commit('Record it');
    const receipt = await stage.receipt('worktree.remove', { name: 'login' }, YES);
    expect(receipt.steps).toMatchObject([
      {
        failure: {
          code: 'worktree-dirty',
          message: expect.stringContaining('1 commit that no remote branch has in library'),
        },
      },
    ]);
    const before = await everything(workspace.repo('api'), 'api', worktree);
    await stage.receipt('worktree.remove', { name: 'login', force: true }, YES);
    await stage.receipt('undo', {}, YES);
    const after = await everything(workspace.repo('api'), 'api', worktree);
    const kept = ({ administration }: typeof after) =>
      Object.fromEntries(Object.entries(administration).filter(([path]) => !path.includes('refs/gantry')));
    expect(kept(after)).toMatchObject(kept(before));
    expect(await library.git('log', '-1', '--format=%s')).toBe('Only here');
  });
});
