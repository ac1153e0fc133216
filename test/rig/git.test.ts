import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { describe, expect } from 'vitest';
import { createRemote, createRepo } from './git.ts';
import type { World } from './home.ts';
import { HOSTILE_BRANCHES, HOSTILE_NAMES } from './names.ts';
import { createSite, publish, STATES, type State } from './states.ts';
import { test } from './test.ts';
import { createWorkspace } from './workspace.ts';

const site = (world: World, state: State) =>
  createSite(world, { dir: world.path('work', 'repo'), remote: world.path('remotes', 'repo.git'), state });

describe('a repository', () => {
  test('has the commits that the test gave it, the same in every run', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'repo'));
    const oid = await repo.commit('Begin', { 'a.txt': 'one\n', 'deep/b.txt': 'two\n' });
    expect(oid).toBe('84bb2c12adaa08af6195ff89ad381ba65fefae24');
    expect(await repo.git('ls-files')).toBe('a.txt\ndeep/b.txt');
    await repo.branch('topic');
    await repo.switchTo('topic');
    expect(await repo.git('branch', '--show-current')).toBe('topic');
  });

  test('says what git said when git fails', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'repo'));
    await expect(repo.git('rev-parse', '--verify', 'nowhere')).rejects.toThrow(
      /git rev-parse --verify nowhere .* ended with 128/,
    );
    expect((await repo.tryGit('rev-parse', '--verify', 'nowhere')).code).toBe(128);
  });

  test('can be made with a long history at once', async ({ world }) => {
    const remote = await createRemote(world, world.path('remote.git'), { files: 200, commits: 30 });
    expect(await remote.git('rev-list', '--count', 'main')).toBe('30');
    expect((await remote.git('ls-tree', '-r', '--name-only', 'main')).split('\n')).toHaveLength(200);
    expect((await remote.tryGit('fsck', '--strict')).code).toBe(0);
  });

  test.for(Object.entries(HOSTILE_NAMES))(
    'can hold a file whose name has: %s',
    async ([, name], { world }) => {
      const repo = await createRepo(world, world.path('work', name));
      await repo.commit('Begin', { [name]: 'content\n' });
      expect(await repo.git('ls-files', '-z')).toBe(`${name}\0`);
    },
  );

  test.for(Object.entries(HOSTILE_BRANCHES))(
    'can have a branch whose name has: %s',
    async ([, name], { world }) => {
      const { repo } = await site(world, 'clean');
      await repo.git('update-ref', `refs/heads/${name}`, 'HEAD');
      await repo.git('check-ref-format', `refs/heads/${name}`);
      expect(await repo.git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads')).toContain(name);
    },
  );
});

describe('a state', () => {
  const seen: [State, string[]][] = [
    ['clean', ['# branch.ab +0 -0']],
    ['dirty', ['1 .M N... 100644 100644 100644']],
    ['staged', ['1 M. N... 100644 100644 100644']],
    ['untracked', ['? notes.txt']],
    ['ahead', ['# branch.ab +1 -0']],
    ['behind', ['# branch.ab +0 -1']],
    ['unfetched', ['# branch.ab +0 -0']],
    ['diverged', ['# branch.ab +1 -1']],
    ['conflicted', ['u UU N...', '# branch.head main']],
    ['rebasing', ['u UU N...', '# branch.head (detached)']],
    ['detached', ['# branch.head (detached)']],
    ['stash', ['# stash 1', '# branch.ab +0 -0']],
    ['submodule', ['# branch.ab +0 -0']],
    ['worktree', ['# branch.head main']],
    ['flow', ['# branch.head feature/login']],
    ['gone', ['# branch.upstream origin/topic']],
    ['local', ['# branch.head local']],
    ['unborn', ['# branch.oid (initial)']],
  ];

  test('is tested, whichever it is', () => {
    expect(seen.map(([state]) => state)).toEqual(Object.keys(STATES));
  });

  test.for(seen)('%s is what git itself calls so', async ([state, expected], { world }) => {
    const { repo } = await site(world, state);
    const status = await repo.git('status', '--porcelain=v2', '--branch', '--show-stash');
    for (const line of expected) expect(status).toContain(line);
    expect((await repo.tryGit('fsck', '--strict')).code).toBe(0);
  });

  test('unfetched shows after a fetch', async ({ world }) => {
    const { repo } = await site(world, 'unfetched');
    await repo.git('fetch', '--quiet');
    expect(await repo.git('rev-list', '--count', 'HEAD..@{upstream}')).toBe('1');
  });

  test('can change while the test runs, as when a colleague pushes', async ({ world }) => {
    const { repo, remote } = await site(world, 'clean');
    const { published } = await publish({ repo });
    expect(await remote.oid('main')).toBe(published);
  });
});

describe('a workspace', () => {
  test('has its repos, their remotes and a manifest that names them', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', 'two words': 'behind' }, { name: 'shop' });
    const manifest = parse(await readFile(workspace.path('.gantry', 'workspace.toml'), 'utf8'));
    expect(manifest).toEqual({
      workspace: { name: 'shop' },
      repos: [
        { name: 'api', url: workspace.remote('api').dir, path: 'api' },
        { name: 'two words', url: workspace.remote('two words').dir, path: 'two words' },
      ],
    });
    expect(await workspace.repo('two words').git('rev-list', '--count', 'HEAD..@{upstream}')).toBe('1');
    expect(() => workspace.repo('web')).toThrow('The workspace has no repo web; it has api, two words.');
  });

  test('takes names that no manifest should have to bear', async ({ world }) => {
    const names = Object.values(HOSTILE_NAMES);
    const workspace = await createWorkspace(
      world,
      Object.fromEntries(names.map((name) => [name, 'clean'] as const)),
    );
    const manifest = parse(await readFile(workspace.path('.gantry', 'workspace.toml'), 'utf8'));
    expect((manifest.repos as { name: string }[]).map(({ name }) => name)).toEqual(names);
  });
});
