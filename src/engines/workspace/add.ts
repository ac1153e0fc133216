import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { addToManifest } from './additions.ts';
import { arrangeClones } from './clone.ts';
import { workspaceError } from './errors.ts';
import { pathProblem } from './names.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { repoTarget } from './targets.ts';
import { requireName, sourceOf } from './url.ts';

interface Input {
  url: string;
  name?: string;
  path?: string;
}

/** Adds a repo to the manifest and clones it; a clone that is at its path already is taken as it is. */
export async function planAdd({ url, name, path }: Input, context: Context): Promise<Draft> {
  const { root } = await readWorkspace(context);
  const source = sourceOf(name === undefined ? url : `${requireName(name)}=${url}`, context.cwd);
  const { workspace, steps } = await addToManifest({ root, repos: [{ ...source, path: usable(path) }] });
  const repos = selectRepos(workspace, [source.name]);
  const clones = await arrangeClones(context, { workspace, repos });
  // In the order of the repo itself: undo takes both back or, where the clone was touched, neither.
  const entries = repos.flatMap((repo) => steps.map((step) => ({ ...step, target: repoTarget(repo) })));
  return {
    steps: [...entries, ...clones.steps],
    refused: clones.refused,
    settled: clones.cloned.map((repo) => ({ target: repoTarget(repo), reason: 'is cloned already' })),
  };
}

function usable(path: string | undefined): string | undefined {
  const problem = path === undefined ? undefined : pathProblem(path);
  if (!problem) return path;
  throw workspaceError('repo-path-unusable', `The path ${JSON.stringify(path)} ${problem}.`, {
    next: ['gantry workspace add --path PATH URL'],
  });
}
