import { basename, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import type { Step } from '#engines/core/plan.ts';
import { addRepos, type NewRepo, newManifest, written } from './edit.ts';
import { workspaceError } from './errors.ts';
import type { ManifestFile } from './find.ts';
import { workspaceOf } from './manifest.ts';
import { addStep, writeStep } from './manifest-step.ts';
import { labelProblem, namesIn } from './names.ts';
import { manifestFileAt } from './read.ts';
import { workspaceTarget } from './targets.ts';
import type { Workspace } from './types.ts';

interface Additions {
  root: string;
  /** Name of a workspace that does not exist yet. */
  name?: string;
  /** Where a manifest is written that does not exist yet. */
  manifest?: ManifestFile;
  repos: readonly NewRepo[];
}

interface Added {
  /** As it will be. */
  workspace: Workspace;
  /** The one step that changes the manifest; none where it says everything already. */
  steps: Step[];
}

/** Adds what is new to the manifest of a root, which is made where there is none. */
export async function addToManifest({ root, name, manifest, repos }: Additions): Promise<Added> {
  const { file, text: before } = await manifestFileAt(root, manifest);
  const existing =
    before === null ? { repos: [], base: root } : await workspaceOf({ text: before, file, root });
  const added = additionsTo(existing, repos);
  const text = before === null ? newManifest(labelFor(name, root), added) : addRepos(before, added);
  const workspace = await workspaceOf({ text, file, root });
  if (text === before) return { workspace, steps: [] };
  const target = workspaceTarget(workspace);
  if (before !== null) return { workspace, steps: [addStep(target, { file, entries: added.map(written) })] };
  const purpose = `begin a workspace of ${namesIn(added)}`;
  return { workspace, steps: [writeStep(target, { file, before, text, purpose })] };
}

/** The directory that is asked for, else the workspace that the caller is in, else the caller's directory. */
export function rootFor(directory: string | undefined, { cwd, workspace }: Context): string {
  return directory === undefined ? (workspace ?? cwd) : resolve(cwd, directory);
}

/** Those that the workspace does not have; one that would take another's name or path fails. */
function additionsTo(
  { repos, base }: Pick<Workspace, 'repos' | 'base'>,
  wanted: readonly NewRepo[],
): NewRepo[] {
  const added: NewRepo[] = [];
  const taken = repos.map(({ name, url, path }) => ({ name, url, path }));
  for (const repo of wanted) {
    const path = resolve(base, repo.path ?? repo.name);
    const namesake = taken.find(({ name }) => name === repo.name);
    if (namesake && namesake.path === path && namesake.url === repo.url) continue;
    const rival = namesake ?? taken.find((other) => other.path === path);
    if (rival) throw exists(repo, rival, path);
    added.push(repo);
    taken.push({ name: repo.name, url: repo.url, path });
  }
  return added;
}

function exists({ name }: NewRepo, rival: { name: string; url?: string }, path: string): GantryError {
  const message =
    rival.name === name
      ? `There is a repo ${name} already, from ${rival.url ?? 'nowhere'}.`
      : `The repo ${rival.name} is at ${path} already.`;
  return workspaceError('repo-exists', message, {
    next: ['gantry workspace list', 'gantry workspace add --name NAME URL'],
    details: { name, rival: rival.name },
  });
}

/** The name that is asked for, else that of the directory. */
function labelFor(name: string | undefined, root: string): string {
  const problem = name === undefined ? undefined : labelProblem(name);
  if (problem) {
    throw workspaceError('repo-name-unusable', `The workspace name ${JSON.stringify(name)} ${problem}.`, {
      next: ['gantry workspace init --name NAME'],
    });
  }
  const own = name ?? basename(root);
  return labelProblem(own) ? 'workspace' : own;
}
