import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'smol-toml';
import type { Repo } from './git.ts';
import type { World } from './home.ts';
import { createSite, type Site, type State } from './states.ts';

export type WorkspaceOptions = {
  /** The directory of the workspace; the world's `work` unless told. */
  dir?: string;
  /** The workspace's name; `demo` unless told. */
  name?: string;
};

export type Workspace = {
  readonly dir: string;
  readonly names: string[];
  path(...segments: string[]): string;
  site(name: string): Site;
  repo(name: string): Repo;
  remote(name: string): Repo;
};

export type ManifestRepo = { name: string; url: string; path: string };

/**
 * A workspace with a repository per entry, each in its state, cloned from a bare remote of its own:
 * `createWorkspace(world, { api: 'dirty', web: 'behind' })`.
 */
export const createWorkspace = async (
  world: World,
  states: Record<string, State>,
  { dir = world.path('work'), name = 'demo' }: WorkspaceOptions = {},
): Promise<Workspace> => {
  const built = await Promise.all(
    Object.entries(states).map(async ([repoName, state], index) => {
      const remote = world.path('remotes', `${index}-${fileSafe(repoName)}.git`);
      return [repoName, await createSite(world, { dir: join(dir, repoName), remote, state })] as const;
    }),
  );
  const sites = new Map(built);
  const repos = built.map(([repoName, { remote }]) => ({ name: repoName, url: remote.dir, path: repoName }));
  await writeManifest(dir, name, repos);

  const site = (repoName: string) => {
    const found = sites.get(repoName);
    if (!found)
      throw new Error(`The workspace has no repo ${repoName}; it has ${[...sites.keys()].join(', ')}.`);
    return found;
  };
  return {
    dir,
    names: [...sites.keys()],
    path: (...segments) => join(dir, ...segments),
    site,
    repo: (repoName) => site(repoName).repo,
    remote: (repoName) => site(repoName).remote,
  };
};

export const writeManifest = async (dir: string, name: string, repos: ManifestRepo[]): Promise<void> => {
  const path = join(dir, '.gantry', 'workspace.toml');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${stringify({ workspace: { name }, repos })}\n`);
};

const fileSafe = (name: string) => name.replaceAll(/[^a-z0-9-]/gi, '_');
