import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type History, historyStream } from './history.ts';
import type { World } from './home.ts';

/** A real repository in a world. Every command runs with the world's git configuration and clock. */
export type Repo = {
  readonly dir: string;
  path(...segments: string[]): string;
  /** Runs git here and returns stdout without its last newline; fails when git does. */
  git(...args: string[]): Promise<string>;
  /** Runs git here and returns how it ended, for what is meant to fail. */
  tryGit(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  write(path: string, content?: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Writes the files, commits everything in the working tree and returns the commit's id. */
  commit(message: string, files?: Record<string, string>): Promise<string>;
  /** Creates a branch here without moving to it. */
  branch(name: string, at?: string): Promise<void>;
  switchTo(branch: string): Promise<void>;
  /** The id that a revision stands for. */
  oid(revision?: string): Promise<string>;
};

/** The repository at a directory of the world, whether or not it exists yet. */
export const repoAt = (world: World, dir: string): Repo => {
  const repo: Repo = {
    dir,
    path: (...segments) => join(dir, ...segments),
    tryGit: (...args) => world.run('git', ['-C', dir, ...args]),
    git: async (...args) => {
      const { code, stdout, stderr } = await repo.tryGit(...args);
      if (code !== 0)
        throw new Error(`git ${args.join(' ')} in ${dir} ended with ${code}:\n${stderr}${stdout}`);
      return stdout.replace(/\n$/, '');
    },
    write: async (path, content = `${path}\n`) => {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), content);
    },
    remove: (path) => rm(join(dir, path), { recursive: true, force: true }),
    commit: async (message, files = {}) => {
      for (const [path, content] of Object.entries(files)) await repo.write(path, content);
      await repo.git('add', '--all');
      await repo.git('commit', '--quiet', '--allow-empty', '--message', message);
      return repo.oid();
    },
    branch: async (name, at = 'HEAD') =>
      void (await repo.git('branch', '--quiet', '--end-of-options', name, at)),
    switchTo: async (branch) => void (await repo.git('checkout', '--quiet', branch, '--')),
    oid: (revision = 'HEAD') => repo.git('rev-parse', '--verify', '--end-of-options', revision),
  };
  return repo;
};

/** Makes an empty repository on `main`, with nothing in it that the test did not ask for. */
export const createRepo = async (world: World, dir: string, { bare = false } = {}): Promise<Repo> => {
  await mkdir(dir, { recursive: true });
  const repo = repoAt(world, dir);
  await repo.git('init', '--quiet', '--template=', '--initial-branch=main', ...(bare ? ['--bare'] : []));
  return repo;
};

/** Makes a bare repository with a history, to clone from. */
export const createRemote = async (world: World, dir: string, history: History = {}): Promise<Repo> => {
  const remote = await createRepo(world, dir, { bare: true });
  const { code, stderr } = await world.run('git', ['-C', dir, 'fast-import', '--quiet'], {
    input: historyStream(history),
  });
  if (code !== 0) throw new Error(`git fast-import in ${dir} ended with ${code}:\n${stderr}`);
  return remote;
};

export const clone = async (world: World, remote: Repo, dir: string): Promise<Repo> => {
  await mkdir(dirname(dir), { recursive: true });
  const { code, stderr } = await world.run('git', ['clone', '--quiet', '--template=', '--', remote.dir, dir]);
  if (code !== 0) throw new Error(`git clone to ${dir} ended with ${code}:\n${stderr}`);
  return repoAt(world, dir);
};
