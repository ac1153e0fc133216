import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { repoAt } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, outcomesOf, writeText } from '../workspace/stage.ts';

const worktree = (world: Parameters<typeof repoAt>[0], set: string, repo: string) =>
  repoAt(world, world.path('work', '.worktrees', set, repo));

describe('a worktree set', () => {
  test('is one worktree per repo, each on a new branch of that name', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'clean' });
    const stage = createStage(world);
    const receipt = await stage.receipt('worktree.add', { name: 'login' });
    expect(receipt.status).toBe('done');
    for (const name of workspace.names) {
      const made = worktree(world, 'login', name);
      expect(await made.git('branch', '--show-current')).toBe('login');
      expect(await made.oid()).toBe(await workspace.repo(name).oid('main'));
      expect(await made.git('status', '--porcelain')).toBe('');
    }
    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list');
    expect(worktrees).toMatchObject([
      { set: 'login', repo: 'api', branch: 'login', state: 'ok', changed: 0 },
      { set: 'login', repo: 'web', branch: 'login', state: 'ok', changed: 0 },
    ]);
  });

  test('begins at develop with the feature prefix where the flow model is on', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const api = workspace.repo('api');
    await api.branch('next', 'HEAD~1');
    for (const [key, value] of [
      ['gitflow.branch.master', 'main'],
      ['gitflow.branch.develop', 'next'],
      ['gitflow.prefix.feature', 'topic/'],
    ] as const) {
      await api.git('config', key, value);
    }
    await createStage(world).receipt('worktree.add', { name: 'login' });
    const made = worktree(world, 'login', 'api');
    expect(await made.git('branch', '--show-current')).toBe('topic/login');
    expect(await made.oid()).toBe(await api.oid('next'));
    expect(await worktree(world, 'login', 'web').git('branch', '--show-current')).toBe('login');
  });

  test('takes a branch that is there, follows one that only a remote has', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    await workspace.repo('api').branch('login', 'HEAD~1');
    await workspace.repo('web').git('push', '--quiet', 'origin', 'HEAD~1:refs/heads/login');
    await createStage(world).receipt('worktree.add', { name: 'login' });
    expect(await worktree(world, 'login', 'api').oid()).toBe(await workspace.repo('api').oid('main~1'));
    const web = worktree(world, 'login', 'web');
    expect(await web.oid()).toBe(await workspace.repo('web').oid('origin/login'));
    expect(await web.git('rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/login');
  });

  test('begins and is called as it is told', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'trial', repos: ['web'], base: 'HEAD~1', branch: 'try/it' });
    const made = worktree(world, 'trial', 'web');
    expect(await made.git('branch', '--show-current')).toBe('try/it');
    expect(await made.oid()).toBe(await workspace.repo('web').oid('main~1'));
    expect(existsSync(world.path('work', '.worktrees', 'trial', 'api'))).toBe(false);
  });

  test('is finished by the same command where a part of it is there', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean', docs: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', repos: ['api'] });
    await workspace.repo('web').branch('login');
    const receipt = await stage.receipt('worktree.add', { name: 'login' });
    expect(outcomesOf(receipt, 'api')).toEqual(['skipped: is there already, on login']);
    expect(outcomesOf(receipt, 'web')).toEqual(['done']);
    expect(outcomesOf(receipt, 'docs')).toEqual(['done', 'done']);
    expect((await stage.receipt('worktree.add', { name: 'login' })).steps).toMatchObject([
      { status: 'skipped' },
      { status: 'skipped' },
      { status: 'skipped' },
    ]);
  });

  test('goes again with undo, and comes back with redo', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await workspace.repo('web').branch('login');
    await stage.receipt('worktree.add', { name: 'login' });
    await stage.receipt('undo', {}, { approval: { yes: true } });
    expect(existsSync(world.path('work', '.worktrees', 'login'))).toBe(false);
    expect(await workspace.repo('api').git('branch', '--list', 'login')).toBe('');
    expect(await workspace.repo('web').git('branch', '--list', 'login')).toContain('login');
    expect(await workspace.repo('api').git('worktree', 'list')).not.toContain('login');
    await stage.receipt('redo', {}, { approval: { yes: true } });
    expect(await worktree(world, 'login', 'api').git('status', '--porcelain')).toBe('');
    expect(await worktree(world, 'login', 'api').git('branch', '--show-current')).toBe('login');
  });

  test('is not taken back once somebody has worked in it', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await worktree(world, 'login', 'api').write('notes.txt', 'mine\n');
    const receipt = await stage.receipt('undo', {}, { approval: { yes: true } });
    expect(receipt.steps.find(({ failure }) => failure)?.failure).toMatchObject({
      code: 'undo-moved',
      message: expect.stringMatching(
        /^api: the worktree is login at \w+, changed \(\w+\), not login at \w+, clean\.$/,
      ),
    });
    expect(existsSync(world.path('work', '.worktrees', 'login', 'api', 'notes.txt'))).toBe(true);
    expect(existsSync(world.path('work', '.worktrees', 'login', 'web'))).toBe(false);
  });

  test('works below a root that is a link', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await symlink(world.path('work'), world.path('linked'));
    const stage = createStage(world);
    const cwd = world.path('linked');
    await stage.receipt('worktree.add', { name: 'login' }, { cwd });
    const { worktrees } = await stage.data<{ worktrees: object[] }>('worktree.list', {}, { cwd });
    expect(worktrees).toMatchObject([
      { set: 'login', id: world.path('linked', '.worktrees', 'login', 'api') },
    ]);
    const again = await stage.receipt('worktree.add', { name: 'login' }, { cwd });
    expect(outcomesOf(again, 'api')).toEqual(['skipped: is there already, on login']);
  });
});

describe('what stops a worktree set before anything is changed', () => {
  test('a branch that is checked out elsewhere, and where', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    await workspace.repo('web').git('switch', '--quiet', '--create', 'login');
    const receipt = await createStage(world).receipt('worktree.add', { name: 'login' });
    expect(receipt.status).toBe('refused');
    expect(receipt.steps).toMatchObject([
      {
        target: { name: 'web' },
        failure: {
          code: 'branch-elsewhere',
          message: `web: login is checked out at ${workspace.path('web')}.`,
          next: [
            `git -C ${workspace.path('web')} switch main`,
            'gantry worktree add login --branch OTHER --base login',
          ],
        },
      },
    ]);
    expect(existsSync(world.path('work', '.worktrees'))).toBe(false);
  });

  test('a branch on which a rebase is in progress', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'rebasing' });
    const [ref = ''] = [await readFile(workspace.path('api', '.git', 'rebase-merge', 'head-name'), 'utf8')];
    const branch = ref.trim().replace('refs/heads/', '');
    const receipt = await createStage(world).receipt('worktree.add', { name: 'login', branch });
    expect(receipt.steps).toMatchObject([{ failure: { code: 'branch-elsewhere' } }]);
  });

  test('a base that one repo does not have', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    await workspace.repo('api').branch('release');
    const receipt = await createStage(world).receipt('worktree.add', { name: 'login', base: 'release' });
    expect(receipt.steps).toMatchObject([
      {
        target: { name: 'web' },
        failure: { code: 'base-unknown', message: 'web has no release to start from.' },
      },
    ]);
    expect(await workspace.repo('api').git('branch', '--list', 'login')).toBe('');
  });

  test.for(['../out', '-x', 'a..b', 'a b', '.hidden', 'a/', 'a.lock', '/abs', 'a~1', '@{x', 'a\nb', ''])(
    'the name %j',
    async (name, { world }) => {
      await createWorkspace(world, { api: 'clean' });
      expect(await createStage(world).failure('worktree.add', { name })).toMatchObject({
        code: 'set-name-invalid',
        exit: 'usage',
      });
    },
  );

  test('a branch whose path another branch has', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await workspace.repo('api').branch('login/form');
    const receipt = await createStage(world).receipt('worktree.add', { name: 'login' });
    expect(receipt.steps).toMatchObject([
      {
        failure: { code: 'branch-taken', message: "api: login can't be made beside the branch login/form." },
      },
    ]);
  });

  test('files that are at its place', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await writeText(world.path('work', '.worktrees', 'login', 'api', 'mine.txt'), 'mine\n');
    const receipt = await createStage(world).receipt('worktree.add', { name: 'login' });
    expect(receipt.steps).toMatchObject([{ failure: { code: 'worktree-taken' } }]);
  });

  test('a place inside of another worktree', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    const receipt = await stage.receipt('worktree.add', { name: 'login/api', branch: 'other' });
    expect(receipt.steps).toMatchObject([{ failure: { code: 'set-inside' } }]);
  });

  test('another branch than the one that is there', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    const receipt = await stage.receipt('worktree.add', { name: 'login', branch: 'other' });
    expect(receipt.steps).toMatchObject([{ failure: { code: 'worktree-other-branch' } }]);
  });

  test('a directory that was deleted by hand, until it is pruned', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    await workspace.repo('api').remove('../.worktrees/login');
    const refused = await stage.receipt('worktree.add', { name: 'login' });
    expect(refused.steps).toMatchObject([
      {
        failure: {
          code: 'worktree-gone',
          next: ['gantry worktree prune --repos api', 'gantry worktree add login'],
        },
      },
    ]);
    await stage.receipt('worktree.prune', {}, { approval: { yes: true } });
    expect((await stage.receipt('worktree.add', { name: 'login' })).status).toBe('done');
  });

  test('a repo without a commit', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await mkdir(world.path('work', 'new'), { recursive: true });
    await repoAt(world, world.path('work', 'new')).git('init', '--quiet');
    await writeText(
      world.path('work', '.gantry', 'workspace.toml'),
      '[workspace]\nname = "w"\n[[repos]]\nname = "api"\n[[repos]]\nname = "new"\n',
    );
    const receipt = await createStage(world).receipt('worktree.add', { name: 'login' });
    expect(receipt.steps).toMatchObject([{ target: { name: 'new' }, failure: { code: 'base-unknown' } }]);
  });
});

describe('git that was cut short while it made a worktree', () => {
  test('leaves what the same command sets aside', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login' });
    // As git leaves it when the machine goes down in the middle of the checkout.
    await writeText(workspace.path('api', '.git', 'worktrees', 'api', 'locked'), 'initializing');
    await worktree(world, 'login', 'api').remove('README.md');
    const receipt = await stage.receipt('worktree.add', { name: 'login' });
    expect(receipt.status).toBe('done');
    expect(await worktree(world, 'login', 'api').git('status', '--porcelain')).toBe('');
  });
});
