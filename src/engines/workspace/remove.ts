import { lstatSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { patiently } from '#engines/git/patience.ts';
import { dropRepo } from './edit.ts';
import { workspaceError } from './errors.ts';
import { workspaceRisk } from './facts.ts';
import { manifestStep } from './manifest-step.ts';
import { workspaceTrash } from './operations.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { NO_RISK, readRiskFact } from './risk.ts';
import { presenceOf, refusal, repoTarget } from './targets.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';

interface Input {
  repo: string;
  delete: boolean;
}

/** Takes a repo off the manifest; its files stay unless they are to go too and nothing would be lost with them. */
export async function planRemove({ repo: name, delete: deletes }: Input, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const [repo] = selectRepos(workspace, [name]) as [WorkspaceRepo];
  const text = dropRepo(workspace.text, workspace.repos.indexOf(repo));
  const manifest = manifestStep(workspace, { text, purpose: `remove ${name}` });
  if (!deletes || (await presenceOf(repo.path)) === 'absent') return { steps: [manifest] };
  const obstacle = placeProblem(workspace, repo) ?? (await riskOf(context, repo));
  if (obstacle) {
    const failure = atRisk(repo, obstacle);
    return { steps: [], refused: [refusal(repoTarget(repo), failure)] };
  }
  const trash = trashStep(repo);
  return { steps: [trash, { ...manifest, after: [trash.id] }] };
}

function trashStep(repo: WorkspaceRepo): OperationStep {
  return {
    id: `${repo.name}/1`,
    target: repoTarget(repo),
    expects: [expect(workspaceRisk, { path: repo.path }, NO_RISK)],
    ...call(workspaceTrash, { path: repo.path }),
  };
}

/** A manifest that came from elsewhere must not be able to name any directory of this machine. */
function placeProblem({ root, repos }: Workspace, { name, path }: WorkspaceRepo): string | undefined {
  if (lstatSync(path).isSymbolicLink()) return 'a symbolic link that leads elsewhere';
  const [place, base] = [realpathSync(path), realpathSync(root)];
  if (!isInside(place, base)) return `files outside of the workspace ${root}`;
  const inner = repos.find((other) => other.name !== name && isInside(other.path, path));
  return inner && `the repo ${inner.name} inside of it`;
}

async function riskOf(context: Context, repo: WorkspaceRepo): Promise<string | undefined> {
  const risk = await patiently(context, repo, (bounded) =>
    readRiskFact({ path: repo.path }, repoTarget(repo), bounded),
  );
  return risk === NO_RISK ? undefined : risk;
}

function atRisk({ name, path }: WorkspaceRepo, obstacle: string): GantryError {
  return workspaceError('repo-at-risk', `${path} has ${obstacle}.`, {
    next: [`gantry repo status ${quote(name)}`, `gantry workspace remove ${quote(name)}`],
    details: { repo: name, path, risk: obstacle },
  });
}

function isInside(place: string, base: string): boolean {
  return place.startsWith(base.endsWith(sep) ? base : `${base}${sep}`);
}
