import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { addToManifest, rootFor } from './additions.ts';
import { arrangeClones } from './clone.ts';
import type { ManifestFile } from './find.ts';
import { repoTarget, workspaceTarget } from './targets.ts';
import { sourceOf } from './url.ts';

interface Input {
  repos: string[];
  name?: string;
  directory?: string;
  manifest: ManifestFile;
}

/** Writes the manifest, or adds to the one that is there, and clones every repo of it that is missing. */
export async function planInit(
  { repos, name, directory, manifest }: Input,
  context: Context,
): Promise<Draft> {
  const sources = repos.map((given) => sourceOf(given, context.cwd));
  const added = await addToManifest({ root: rootFor(directory, context), name, manifest, repos: sources });
  const { workspace } = added;
  const { steps, refused, cloned } = await arrangeClones(context, {
    workspace,
    repos: workspace.repos,
    after: added.steps.map((step) => step.id),
  });
  const standing = { target: workspaceTarget(workspace), reason: 'lists them already' };
  return {
    workspace: workspace.root,
    steps: [...added.steps, ...steps],
    refused,
    settled: [
      ...(added.steps.length === 0 ? [standing] : []),
      ...cloned.map((repo) => ({ target: repoTarget(repo), reason: 'is cloned already' })),
    ],
  };
}
