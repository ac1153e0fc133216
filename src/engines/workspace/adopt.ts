import { stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Draft, Refusal } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { addToManifest, rootFor } from './additions.ts';
import { type Discovered, defaultBranch, discover, namesOf, remoteUrl } from './discover.ts';
import type { NewRepo } from './edit.ts';
import { workspaceError } from './errors.ts';
import { workspaceOf } from './manifest.ts';
import { branchProblem, nameProblem, pathProblem, urlProblem } from './names.ts';
import { manifestFileAt } from './read.ts';
import { repoTarget, workspaceTarget } from './targets.ts';

interface Input {
  directory?: string;
  depth: number;
}

/** Makes a workspace of the repositories below a directory; where there is one, those that it lacks are added. */
export async function planAdopt({ directory, depth }: Input, context: Context): Promise<Draft> {
  const root = rootFor(directory, context);
  await requireDirectory(root);
  const { base, listed } = await present(root);
  const found = await discover(root, depth);
  if (found.length === 0) throw nothingFound(root, depth);
  const fresh = found.filter(({ place }) => !listed.has(place));
  const taken = new Set(listed.values());
  const { repos, refused } = await describeAll(context, fresh, { base, names: namesOf(fresh, taken) });
  const { workspace, steps } = await addToManifest({ root, repos });
  const reason = `lists all ${found.length} repositories already`;
  const settled =
    steps.length === 0 && refused.length === 0 ? [{ target: workspaceTarget(workspace), reason }] : [];
  return { workspace: root, steps, refused, settled };
}

/** What the workspace has so far: names by places, and where its paths are relative to. */
async function present(root: string): Promise<{ base: string; listed: Map<string, string> }> {
  const { file, text } = await manifestFileAt(root);
  if (text === null) return { base: root, listed: new Map() };
  const { base, repos } = await workspaceOf({ text, file, root });
  return { base, listed: new Map(repos.map(({ name, path }) => [path, name])) };
}

interface Naming {
  base: string;
  names: ReadonlyMap<string, string>;
}

/** What a manifest says of each repository; one that can't be listed is refused, and the others go on. */
async function describeAll(context: Context, found: readonly Discovered[], naming: Naming) {
  const repos: NewRepo[] = [];
  const refused: Refusal[] = [];
  const described = await Promise.all(found.map((one) => describe(context, one, naming).catch(failureOf)));
  for (const [index, result] of described.entries()) {
    const { path, place } = found[index] as Discovered;
    if ('code' in result) refused.push({ target: repoTarget({ name: path, path: place }), failure: result });
    else repos.push(result);
  }
  return { repos, refused };
}

async function describe(context: Context, one: Discovered, { base, names }: Naming): Promise<NewRepo> {
  const { place } = one;
  const path = relative(base, place) || '.';
  const problem = pathProblem(path);
  if (problem) {
    throw workspaceError('repo-path-unusable', `The path ${JSON.stringify(path)} ${problem}.`, {
      next: [`ls -lb ${quote(base)}`],
    });
  }
  const name = usable(names.get(one.path) ?? one.path, place);
  const url = await remoteUrl(context, place);
  const branch = defaultBranch(place);
  return {
    name,
    url: url !== undefined && urlProblem(url) === undefined ? url : undefined,
    path,
    default_branch: branch !== undefined && branchProblem(branch) === undefined ? branch : undefined,
  };
}

function usable(name: string, place: string): string {
  const problem = nameProblem(name);
  if (!problem) return name;
  throw workspaceError('repo-name-unusable', `The repo name ${JSON.stringify(name)} ${problem}.`, {
    next: [`mv ${quote(place)} ${quote(join(dirname(place), 'NAME'))}`, 'gantry workspace adopt'],
    details: { name },
  });
}

async function requireDirectory(root: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw workspaceError('not-a-directory', `${root} is no directory.`, { next: ['gantry workspace adopt'] });
}

function nothingFound(root: string, depth: number) {
  return workspaceError(
    'nothing-found',
    `There is no git repository in ${root}, down to ${depth} levels below.`,
    {
      next: [
        `gantry workspace adopt --depth ${depth + 4} ${quote(root)}`,
        'gantry workspace init URL',
        'gantry demo',
      ],
    },
  );
}
