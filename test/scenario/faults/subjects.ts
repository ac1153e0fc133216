import { existsSync } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { expect } from 'vitest';
import { type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { publish, type State } from '../../rig/states.ts';
import { createWorkspace, type Workspace } from '../../rig/workspace.ts';
import { filesBelow, pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';

/** A command that is killed, in a workspace in which it has something to lose. */
export type Subject = {
  action: string;
  command: readonly string[];
  /** What takes it back. */
  back: readonly string[];
  /** Builds the workspace and does what has to be done before the command. */
  prepare(world: World): Promise<Scene>;
};

export type Scene = {
  workspace: Workspace;
  /** Linked worktrees that are there before or after. */
  worktrees?: { main: Repo; repo: Repo }[];
  /** What has to be so once the command has come to its end, however many attempts that took. */
  expectDone(): Promise<void>;
};

export const SUBJECTS: Record<string, Subject> = {
  sync: {
    action: 'workspace.sync',
    command: ['workspace', 'sync'],
    back: ['undo', '--yes'],
    prepare: async (world) => {
      const workspace = await createWorkspace(world, { api: 'unfetched', web: 'unfetched', docs: 'clean' });
      await workspace.repo('api').write('notes.txt', 'untracked\n');
      await rm(workspace.path('docs'), { recursive: true });
      return { workspace, expectDone: () => expectUpToDate(workspace) };
    },
  },
  pull: {
    action: 'repo.pull',
    command: ['repo', 'pull'],
    back: ['undo'],
    prepare: async (world) => {
      const workspace = await createWorkspace(world, { api: 'unfetched', web: 'unfetched' });
      await workspace.repo('web').write('README.md', 'changed here\n');
      return { workspace, expectDone: () => expectUpToDate(workspace) };
    },
  },
  reset: {
    action: 'repo.reset',
    command: ['repo', 'reset', '--all', '--yes'],
    back: ['undo'],
    prepare: async (world) => {
      const workspace = await withWork(world, { api: 'clean', web: 'stash' });
      return { workspace, expectDone: () => expectReset(workspace) };
    },
  },
  commit: {
    action: 'repo.commit',
    command: ['repo', 'commit', '--all', '--message', 'Work on both'],
    back: ['undo'],
    prepare: async (world) => {
      const workspace = await withWork(world, { api: 'clean', web: 'stash' });
      return { workspace, expectDone: () => expectCommitted(workspace) };
    },
  },
  stash: {
    action: 'repo.stash',
    command: ['repo', 'stash', '--untracked', '--message', 'put aside'],
    back: ['undo'],
    prepare: async (world) => {
      const workspace = await withWork(world, { api: 'clean', web: 'stash' });
      return { workspace, expectDone: () => expectAside(workspace) };
    },
  },
  pop: {
    action: 'repo.stash',
    command: ['repo', 'stash', '--pop'],
    back: ['undo'],
    prepare: async (world) => {
      const workspace = await withWork(world, { api: 'clean', web: 'clean' });
      const files = () => Promise.all(workspace.names.map((name) => filesBelow(workspace.path(name))));
      const before = await files();
      for (const name of workspace.names) {
        await workspace.repo(name).git('stash', 'push', '--quiet', '--include-untracked');
      }
      return { workspace, expectDone: async () => expect(await files()).toEqual(before) };
    },
  },
  undo: {
    action: 'undo',
    command: ['undo'],
    back: ['redo'],
    prepare: async (world) => {
      const workspace = await withWork(world, { api: 'clean', web: 'stash' });
      const pictures = () => Promise.all(workspace.names.map((name) => pictureOf(workspace.repo(name))));
      const before = await pictures();
      await succeed(world, ['repo', 'reset', '--all', '--yes']);
      return { workspace, expectDone: async () => expect(await pictures()).toEqual(before) };
    },
  },
  'worktree add': {
    action: 'worktree.add',
    command: ['worktree', 'add', 'login'],
    back: ['undo', '--yes'],
    prepare: async (world) => {
      const workspace = await withSets(world);
      const worktrees = worktreesOf(world, workspace, 'login');
      return { workspace, worktrees, expectDone: () => expectSet(worktrees, 'login') };
    },
  },
  'worktree remove': {
    action: 'worktree.remove',
    command: ['worktree', 'remove', 'login', '--force', '--delete-branch', '--yes'],
    back: ['undo', '--yes'],
    prepare: async (world) => {
      const workspace = await withSets(world);
      await succeed(world, ['worktree', 'add', 'login']);
      const worktrees = worktreesOf(world, workspace, 'login');
      for (const { repo } of worktrees) {
        await repo.commit('Begin the login', { 'login.txt': `login of ${repo.dir}\n` });
        await repo.write('staged.txt', `staged in ${repo.dir}\n`);
        await repo.git('add', 'staged.txt');
        await repo.write('README.md', `changed in ${repo.dir}\n`);
        await repo.write('notes/untracked.txt', `untracked in ${repo.dir}\n`);
      }
      return { workspace, worktrees, expectDone: () => expectNoSet(worktrees, 'login') };
    },
  },
};

/** Repos of which one has the branch of a set already, and files that a set gets copies of. */
const withSets = async (world: World): Promise<Workspace> => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'ahead', docs: 'dirty' });
  const manifest = workspace.path('.gantry', 'workspace.toml');
  await appendFile(manifest, '\n[worktree]\ncopy = [".env"]\n');
  for (const name of workspace.names) {
    await workspace.repo(name).write('.git/info/exclude', '.env\n');
    await workspace.repo(name).write('.env', `secret of ${name}\n`);
  }
  await workspace.repo('web').branch('login', 'HEAD~1');
  return workspace;
};

const worktreesOf = (world: World, workspace: Workspace, set: string) =>
  workspace.names.map((name) => ({
    main: workspace.repo(name),
    repo: repoAt(world, workspace.path('.worktrees', set, name)),
  }));

const expectSet = async (worktrees: { main: Repo; repo: Repo }[], branch: string) => {
  for (const { main, repo } of worktrees) {
    expect(await repo.git('branch', '--show-current')).toBe(branch);
    expect(await repo.git('status', '--porcelain')).toBe('');
    expect(await readFile(repo.path('.env'))).toEqual(await readFile(main.path('.env')));
  }
};

const expectNoSet = async (worktrees: { main: Repo; repo: Repo }[], branch: string) => {
  for (const { main, repo } of worktrees) {
    expect(existsSync(repo.dir)).toBe(false);
    expect(await main.git('branch', '--list', branch)).toBe('');
    expect(await main.git('worktree', 'prune', '--dry-run', '--verbose')).toBe('');
  }
};

/** Work that only these clones have, in every place where git can have it, and upstreams that have moved on. */
const withWork = async (world: World, states: Record<string, State>): Promise<Workspace> => {
  const workspace = await createWorkspace(world, states);
  for (const name of workspace.names) {
    const repo = workspace.repo(name);
    await publish({ repo });
    await repo.commit(`Local work in ${name}`, { 'local.txt': `local to ${name}\n` });
    await repo.write('staged.txt', `staged in ${name}\n`);
    await repo.git('add', 'staged.txt');
    await repo.write('README.md', `changed in ${name}\n`);
    await repo.write('notes/untracked.txt', `untracked in ${name}\n`);
    // The upstream has a file of that name, and the reset writes over this one.
    await repo.write('others.txt', `mine in ${name}\n`);
  }
  return workspace;
};

const expectUpToDate = async (workspace: Workspace) => {
  for (const name of workspace.names) {
    const [here, there] = [workspace.repo(name).oid(), workspace.remote(name).oid('main')];
    expect({ name, oid: await here }).toEqual({ name, oid: await there });
  }
};

const expectCommitted = async (workspace: Workspace) => {
  for (const name of workspace.names) {
    const [status, log] = await Promise.all([
      workspace.repo(name).git('status', '--porcelain'),
      workspace.repo(name).git('log', '-2', '--format=%s'),
    ]);
    const expected = `Work on both\nLocal work in ${name}`;
    expect({ name, status, log }).toEqual({ name, status: '?? notes/\n?? others.txt', log: expected });
  }
};

const expectAside = async (workspace: Workspace) => {
  for (const name of workspace.names) {
    const [status, newest] = await Promise.all([
      workspace.repo(name).git('status', '--porcelain'),
      workspace.repo(name).git('stash', 'list', '--format=%gs'),
    ]);
    expect({ name, status, entries: newest.split('\n')[0] }).toEqual({
      name,
      status: '',
      entries: 'On main: put aside',
    });
  }
};

const expectReset = async (workspace: Workspace) => {
  await expectUpToDate(workspace);
  for (const name of workspace.names) {
    const status = await workspace.repo(name).git('status', '--porcelain');
    expect({ name, status }).toEqual({ name, status: '?? notes/' });
  }
};
