import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRepo, type Repo, repoAt } from '../rig/git.ts';
import type { World } from '../rig/home.ts';
import { writeManifest } from '../rig/workspace.ts';

/** One of several repositories that began as the same: a workspace with one repo, beside the remote it may have. */
export type Twin = {
  readonly world: World;
  /** The workspace. */
  readonly dir: string;
  readonly repo: Repo;
  readonly origin: Repo;
};

/** Something done to a twin by hand, with plain git. */
export type Step = (twin: Twin) => Promise<unknown>;

/** One commit on main; git-flow has never been here. */
const plain: Step = ({ repo }) => repo.commit('Begin', { 'README.md': 'one\ntwo\nthree\n' });

/** As `git flow init -d` leaves it, and develop is a commit ahead of main. */
const flow: Step = async (twin) => {
  await plain(twin);
  await initialise(twin);
  await twin.repo.git('checkout', '--quiet', '-b', 'develop');
  await twin.repo.commit('Plan the next release', { 'plan.txt': 'plan\n' });
};

/** The same, cloned from a remote that has both branches. */
const cloned: Step = async (twin) => {
  await flow(twin);
  await createRepo(twin.world, twin.origin.dir, { bare: true });
  await twin.repo.git('remote', 'add', 'origin', twin.origin.dir);
  await twin.repo.git('push', '--quiet', '--set-upstream', 'origin', 'main', 'develop');
};

/** A repository without a commit. */
const unborn: Step = async () => {};

const BASES = { unborn, plain, flow, cloned } satisfies Record<string, Step>;

/** What a twin can begin as. */
export type Base = keyof typeof BASES;

/** Where a twin's parts lie; nothing is made. */
export const twinAt = (world: World, name: string): Twin => {
  const dir = world.path('work', name);
  return {
    world,
    dir,
    repo: repoAt(world, join(dir, 'shop')),
    origin: repoAt(world, join(dir, 'origin.git')),
  };
};

/** Makes a base, to be copied. */
export const createBase = async (world: World, base: Base): Promise<Twin> => {
  const twin = twinAt(world, base);
  await createRepo(world, twin.repo.dir);
  await writeManifest(twin.dir, 'twin', [{ name: 'shop', url: twin.origin.dir, path: 'shop' }]);
  await BASES[base](twin);
  return twin;
};

/** A copy, also into another world: the same object ids, and paths of its own. */
export const copyOf = async (twin: Twin, world: World, name: string): Promise<Twin> => {
  const copy = twinAt(world, name);
  await world.run('cp', ['-a', twin.dir, copy.dir]);
  for (const file of WITH_PATHS.map((path) => join(copy.dir, path)).filter(existsSync)) {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(twin.dir, copy.dir));
  }
  // The files are others than those that the index was made with; what is changed on purpose stays so.
  await copy.repo.tryGit('update-index', '--refresh');
  return copy;
};

const WITH_PATHS = [
  '.gantry/workspace.toml',
  'shop/.git/config',
  'shop/.git/worktrees/linked/gitdir',
  'linked/.git',
];

// Starting git-flow for this would cost each table a third of a second; the table of `init` shows that it is the same.
const initialise: Step = ({ repo }) =>
  appendFile(
    repo.path('.git', 'config'),
    [
      '[gitflow "branch"]\n\tmaster = main\n\tdevelop = develop\n',
      '[gitflow "prefix"]\n\tfeature = feature/\n\tbugfix = bugfix/\n\trelease = release/\n',
      '\thotfix = hotfix/\n\tsupport = support/\n\tversiontag = \n',
      `[gitflow "path"]\n\thooks = ${repo.path('.git', 'hooks')}\n`,
    ].join(''),
  );
