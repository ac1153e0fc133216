import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { Repo } from '../rig/git.ts';
import type { World } from '../rig/home.ts';

/** What a person could miss of a repo: where it stands, every ref of theirs, the index, and each file by its content. */
export type Picture = {
  head: string;
  refs: string[];
  index: string[];
  files: Record<string, string>;
};

/** Object ids are compared, dates and the refs that Gantry keeps for itself are not. */
export const pictureOf = async (repo: Repo): Promise<Picture> => {
  const head = await repo.tryGit('symbolic-ref', '--quiet', 'HEAD');
  const refs = await repo.git('for-each-ref', '--format=%(objectname) %(refname)');
  return {
    head: head.code === 0 ? head.stdout.trim() : await repo.oid(),
    refs: refs.split('\n').filter((line) => line && !line.includes(' refs/gantry/')),
    index: (await repo.git('ls-files', '--stage', '-z')).split('\0').filter(Boolean),
    files: await filesBelow(repo.dir),
  };
};

/** Every file below a directory with its kind and the hash of its content; what git keeps for itself left out. */
export const filesBelow = async (dir: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dir, path);
    if (entry.isDirectory() || name.split('/').includes('.git')) continue;
    found[name] = await contentOf(path);
  }
  return found;
};

const contentOf = async (path: string) => {
  const info = await lstat(path);
  if (info.isSymbolicLink()) return `link ${await readlink(path)}`;
  const kind = info.mode & 0o100 ? 'program' : 'file';
  return `${kind} ${hashOf(await readFile(path))}`;
};

/** The object id that git gives to a content. */
export const hashOf = (content: Buffer | string): string => {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};

/**
 * Each content that was there is still in a file, or in an object that a ref, the snapshots' included, holds. Files are
 * looked for in the repo and in the directories beside it.
 */
export const expectKept = async (
  repo: Repo,
  before: Picture,
  beside: readonly string[] = [],
): Promise<void> => {
  const contents = Object.values(before.files).flatMap(
    (file) => /^(?:file|program) (.+)$/.exec(file)?.[1] ?? [],
  );
  const staged = before.index.map((line) => line.split(/[ \t]/)[1] as string);
  const commits = before.refs.map((line) => line.split(' ')[0] as string);
  const found = await Promise.all([repo.dir, ...beside].filter((dir) => existsSync(dir)).map(filesBelow));
  const now = new Set(found.flatMap((files) => Object.values(files)).map((file) => file.split(' ')[1]));
  const held = new Set(
    (await repo.git('rev-list', '--objects', '--all', '--reflog', '--no-object-names')).split('\n'),
  );
  const lost = [...contents, ...staged, ...commits].filter((oid) => !now.has(oid) && !held.has(oid));
  expect(lost).toEqual([]);
};

/** The repository is whole, and no lock or scratch file of a process that died is left in it. */
export const expectSound = async (repo: Repo): Promise<void> => {
  const { code, stdout, stderr } = await repo.tryGit('fsck', '--full', '--strict', '--no-dangling');
  expect({ code, said: `${stdout}${stderr}` }).toEqual({ code: 0, said: '' });
  expect(await locksIn(repo.dir)).toEqual([]);
};

export const locksIn = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true })).filter((path) => path.endsWith('.lock'));

/** Nothing holds a target any more. */
export const expectUnlocked = async (world: World): Promise<void> => {
  const database = openDatabase(world);
  expect(database.prepare('SELECT target, activity FROM locks').all()).toEqual([]);
  database.close();
};

/** The database of the program, which has to be closed again. */
export const openDatabase = (world: World): DatabaseSync =>
  new DatabaseSync(join(world.env.XDG_STATE_HOME as string, 'gantry', 'gantry.db'));
