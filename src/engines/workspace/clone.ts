import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Refusal, Step } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitExists } from '#engines/git/facts.ts';
import { gitClone } from '#engines/git/operations.ts';
import { offerTrust } from './consent.ts';
import { workspaceError } from './errors.ts';
import { setupSteps } from './setup.ts';
import { presenceOf, refusal, repoTarget } from './targets.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';
import { passwordProblem, withoutUser } from './url.ts';

interface Arrangement {
  /** Clones what is missing and sets it up. */
  steps: Step[];
  refused: Refusal[];
  /** What is there already. */
  cloned: WorkspaceRepo[];
}

interface Wanted {
  workspace: Workspace;
  repos: readonly WorkspaceRepo[];
  /** Steps that have to be done before anything is cloned. */
  after?: string[];
}

/** Sorts repos by what is at their paths: what is missing is cloned, what is in the way is refused. */
export async function arrangeClones(
  context: Context,
  { workspace, repos, after = [] }: Wanted,
): Promise<Arrangement> {
  const presences = await Promise.all(repos.map(({ path }) => presenceOf(path)));
  const cloned = repos.filter((_, index) => presences[index] === 'cloned');
  const missing = repos
    .filter((repo) => !cloned.includes(repo))
    .map((repo) => ({ repo, obstacle: obstacleTo(repo, presences[repos.indexOf(repo)] === 'occupied') }));
  const clonable = missing.filter(({ obstacle }) => !obstacle).map(({ repo }) => repo);
  const trust = clonable.some((repo) => repo.setup) ? offerTrust(context, workspace) : [];
  return {
    steps: [...trust, ...clonable.flatMap((repo) => cloneSteps(workspace, repo, { after, trust }))],
    refused: missing.flatMap(({ repo, obstacle }) => (obstacle ? refusal(repoTarget(repo), obstacle) : [])),
    cloned,
  };
}

interface Placing {
  after: string[];
  trust: Step[];
}

function cloneSteps(workspace: Workspace, repo: WorkspaceRepo, { after, trust }: Placing): Step[] {
  const clone = {
    id: `${repo.name}/1`,
    target: repoTarget(repo),
    expects: [expect(gitExists, {}, 'absent')],
    after,
    ...call(gitClone, { url: repo.url ?? '', submodules: true }),
  };
  return [clone, ...setupSteps(workspace, repo, { number: 2, trust })];
}

function obstacleTo({ name, url, path }: WorkspaceRepo, isOccupied: boolean): GantryError | undefined {
  if (isOccupied) {
    return workspaceError('repo-path-taken', `${name}: files that are no git repository are at ${path}.`, {
      next: [`ls -la ${quote(path)}`],
    });
  }
  if (url === undefined) {
    return workspaceError('repo-url-missing', `${name} is not there, and the manifest names no address.`, {
      next: ['gantry workspace list', `gantry workspace remove ${quote(name)}`],
    });
  }
  const problem = passwordProblem(url);
  if (!problem) return undefined;
  return workspaceError('repo-url-unusable', `${name}: the address ${withoutUser(url)} ${problem}.`, {
    next: ['git config --global credential.helper store'],
  });
}
