import { GantryError } from '#engines/core/errors.ts';
import type { Refusal, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { readExists } from '#engines/git/observe.ts';
import { workspaceError } from './errors.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';

export function workspaceTarget({ name, root }: Pick<Workspace, 'name' | 'root'>): Target {
  return { kind: 'workspace', name, path: root };
}

export function repoTarget({ name, path }: Pick<WorkspaceRepo, 'name' | 'path'>): Target {
  return { kind: 'repo', name, path };
}

export function refusal(target: Target, { failure }: GantryError): Refusal {
  return { target, failure };
}

/** What keeps one repo from being planned for; what keeps all of them is thrown on. */
export function refusalOf(target: Target, thrown: unknown): Refusal {
  if (thrown instanceof GantryError && thrown.failure.code !== 'git-missing') return refusal(target, thrown);
  throw thrown;
}

/** `cloned`, `absent` (nothing or an empty directory is there) or `occupied` (something else is). */
export function presenceOf(path: string): Promise<string> {
  return readExists({}, { kind: 'repo', name: path, path });
}

/** The repos that are cloned, and a refusal for each that is not. */
export async function splitByPresence(repos: readonly WorkspaceRepo[]) {
  const presences = await Promise.all(repos.map(({ path }) => presenceOf(path)));
  const present = repos.filter((_, index) => presences[index] === 'cloned');
  const refused = repos
    .filter((repo) => !present.includes(repo))
    .map((repo) => refusal(repoTarget(repo), absent(repo)));
  return { present, refused };
}

function absent({ name, path }: WorkspaceRepo): GantryError {
  return workspaceError('repo-absent', `${name} is not cloned: there is no git repository at ${path}.`, {
    next: [`gantry workspace sync ${quote(name)}`],
  });
}
