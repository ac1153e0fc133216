import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { publish, type State } from '../../rig/states.ts';
import { createWorkspace, type Workspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';
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

const expectReset = async (workspace: Workspace) => {
  await expectUpToDate(workspace);
  for (const name of workspace.names) {
    const status = await workspace.repo(name).git('status', '--porcelain');
    expect({ name, status }).toEqual({ name, status: '?? notes/' });
  }
};
