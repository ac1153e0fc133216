import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Step, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitExists, gitRef, gitWorktreeBranch } from '#engines/git/facts.ts';
import { headRef, readExists } from '#engines/git/observe.ts';
import { gitBranchCreate, gitWorktreeAdd } from '#engines/git/operations.ts';
import { isHalfMade, realPlace } from '#engines/git/worktree/place.ts';
import type { Chosen, Verdict } from '#engines/repo/choose.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { repoTarget } from '#engines/workspace/targets.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { type Branch, type BranchRefs, requireBranch } from './branch.ts';
import { worktreeError } from './errors.ts';
import { hookSteps } from './hooks.ts';
import { allMembers, type Member, memberAt } from './members.ts';
import { type FeatureModel, featureBranch, readFeatureModel } from './model.ts';
import { requireSetName } from './name.ts';
import { baseOf, isInside, worktreePath, worktreeTarget } from './place.ts';
import { planTogether } from './plan-set.ts';
import { withTrust } from './with-trust.ts';

interface AddInput {
  name: string;
  repos: string[];
  base?: string;
  branch?: string;
  noSetup: boolean;
}

/** What was read already, by the name of the repo. */
export type KnownRepos = ReadonlyMap<string, { model: FeatureModel; refs: BranchRefs }>;

/** One worktree per repo under one name. What a crash left undone of a set is what running it again plans. */
export async function planAdd(
  input: AddInput,
  context: Context,
  known: KnownRepos = new Map(),
): Promise<Draft> {
  const workspace = await readWorkspace(context);
  await requireSetName(context, workspace.root, input.name);
  const all = allMembers(workspace);
  const draft = await planTogether(context, { workspace, repos: input.repos }, (chosen, bounded) =>
    planOne(bounded, { workspace, all, input, known }, chosen),
  );
  return withTrust(context, workspace, draft);
}

interface Plan {
  workspace: Workspace;
  /** Every linked worktree of the workspace. */
  all: readonly Member[];
  input: AddInput;
  known: KnownRepos;
}

async function planOne(context: Context, plan: Plan, { repo }: Chosen): Promise<Verdict> {
  const { workspace, input } = plan;
  const path = worktreePath(workspace, input.name, repo);
  const target = worktreeTarget(repo, path);
  const member = memberAt(workspace, repo, path);
  const isThere = member !== undefined && !isHalfMade(member.administration);
  const { name: branch, steps } = isThere
    ? await present(context, plan, member)
    : await absent(context, plan, { repo, target });
  const rest = input.noSetup
    ? []
    : await hookSteps(context, workspace, { repo, target, set: input.name, branch });
  const all = [...steps, ...rest].map((step, index) => ({ ...step, id: `${repo.name}/${index + 1}` }));
  return all.length > 0 ? { steps: all } : { settled: `is there already, on ${branch}` };
}

interface Start {
  /** Short name of what the worktree is on. */
  name: string;
  steps: Step[];
}

async function present(context: Context, { input }: Plan, { repo, path, exists }: Member): Promise<Start> {
  if (!exists) throw gone(repo, path, input.name);
  const name = (await headRef(context, path))?.replace('refs/heads/', '') ?? 'a detached HEAD';
  if (input.branch === undefined || input.branch === name) return { name, steps: [] };
  throw worktreeError(
    'worktree-other-branch',
    `${repo.name}: ${path} is on ${name}, not on ${input.branch}.`,
    {
      next: [
        `git -C ${quote(path)} switch ${quote(input.branch)}`,
        `gantry worktree add OTHER --branch ${quote(input.branch)}`,
      ],
      details: { path, branch: name },
    },
  );
}

async function absent(
  context: Context,
  plan: Plan,
  { repo, target }: { repo: WorkspaceRepo; target: Target },
): Promise<Start> {
  const { workspace, input } = plan;
  const known = plan.known.get(repo.name);
  const path = target.path as string;
  requireApart(plan, path);
  const model = known?.model ?? (await readFeatureModel(context, workspace, repo));
  const branch = await requireBranch(context, repo, {
    branch: input.branch ?? featureBranch(input.name, model),
    bases: basesOf(input, repo, model?.develop),
    path,
    set: input.name,
    refs: known?.refs,
  });
  const there = await readExists({}, target);
  if (there === 'occupied' || (there === 'cloned' && !memberAt(workspace, repo, path))) {
    throw taken(repo, path, input.name);
  }
  return {
    name: branch.name,
    steps: [
      ...createSteps(repo, branch),
      {
        id: '',
        target,
        expects: [
          expect(gitExists, {}, there),
          // One that was half made is listed as the branch's place.
          expect(
            gitWorktreeBranch,
            { branch: branch.name },
            there === 'cloned' ? `${branch.oid} at ${realPlace(path)}` : branch.oid,
          ),
        ],
        ...call(gitWorktreeAdd, { branch: branch.name, top: baseOf(workspace) }),
      },
    ],
  };
}

function createSteps(repo: WorkspaceRepo, { name: branch, oid: at, create }: Branch): Step[] {
  if (!create) return [];
  const expects = [expect(gitRef, { ref: `refs/heads/${branch}` }, 'absent')];
  return [{ id: '', target: repoTarget(repo), expects, ...call(gitBranchCreate, { branch, at, ...create }) }];
}

function basesOf({ base }: AddInput, { defaultBranch }: WorkspaceRepo, develop?: string): string[] {
  if (base !== undefined) return [base];
  return develop === undefined ? [defaultBranch, 'refs/remotes/origin/HEAD'] : [develop];
}

function requireApart({ all, input }: Plan, path: string): void {
  const place = realPlace(path);
  const other = all.find((member) => {
    const there = realPlace(member.path);
    return isInside(place, there) || isInside(there, place);
  });
  if (!other) return;
  throw worktreeError('set-inside', `${path} would be inside of, or around, the worktree ${other.path}.`, {
    next: [`gantry worktree add ${quote(input.name.replaceAll('/', '-'))}`, 'gantry worktree list'],
  });
}

function gone(repo: WorkspaceRepo, path: string, set: string) {
  return worktreeError(
    'worktree-gone',
    `${repo.name}: the worktree ${path} is gone, and git still knows it.`,
    {
      next: [`gantry worktree prune --repos ${quote(repo.name)}`, `gantry worktree add ${quote(set)}`],
    },
  );
}

function taken(repo: WorkspaceRepo, path: string, set: string) {
  return worktreeError('worktree-taken', `${repo.name}: there is something else at ${path}.`, {
    next: [`ls -la ${quote(path)}`, `gantry worktree repair`, `gantry worktree add ${quote(`${set}-2`)}`],
  });
}
