import { testContext } from '../../rig/context.ts';
import { clone, createRemote, type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { createWorkspace } from '../../rig/workspace.ts';

export interface Stage {
  /** The repo `api`, whose submodule `library` has the submodule `inner`. */
  api: Repo;
  library: Repo;
  inner: Repo;
  /** Where the library comes from, with a branch `metal-fixes` that nobody here has. */
  source: Repo;
  context: ReturnType<typeof testContext>;
}

/** git takes submodules from a path only where it is told to. */
export const allowPaths = (world: World) =>
  world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);

export const openStage = async (world: World): Promise<Stage> => {
  await allowPaths(world);
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const api = workspace.repo('api');
  const innermost = await createRemote(world, world.path('remotes', 'inner.git'));
  const parts = await createRemote(world, world.path('remotes', 'library.git'));
  const source = await clone(world, parts, world.path('source'));
  await source.git('submodule', '--quiet', 'add', '--', innermost.dir, 'inner');
  await source.commit('Add the inner part');
  await source.git('push', '--quiet');
  await source.git('push', '--quiet', 'origin', 'HEAD~1:refs/heads/metal-fixes');
  await api.git(
    'submodule',
    '--quiet',
    'add',
    '--branch',
    'main',
    '--name',
    'the library',
    '--',
    parts.dir,
    'library',
  );
  await api.git('submodule', '--quiet', 'update', '--init', '--recursive');
  await api.commit('Add the library');
  const library = repoAt(world, api.path('library'));
  await library.git('checkout', '--quiet', '--detach');
  const context = testContext(world, { workspace: workspace.dir });
  return { api, library, inner: repoAt(world, library.path('inner')), source, context };
};
