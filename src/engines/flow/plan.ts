import { dirname } from 'node:path';
import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import type { Draft, Step, Target } from '#engines/core/plan.ts';
import { gitDirectories } from '#engines/git/directory.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { planEach, type Verdict } from '#engines/repo/choose.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { withTrust } from '#engines/worktree/with-trust.ts';
import { flowError } from './errors.ts';
import { type FlowState, readFlowState } from './state.ts';

export type Style = 'gantry' | 'avh';

/** States that were read already, by the name of the repo. */
export type KnownStates = ReadonlyMap<string, FlowState>;

/** Plans one repo, whose state was read for it. */
export type PlanOne = (state: FlowState, context: Context) => Promise<Verdict>;

/**
 * Two phases over many repos: all are validated, and one that can't stops the others before any change. A merge that
 * would conflict stops only its own repo, and the same command finishes it later.
 */
export async function planFlow(
  context: Context,
  repos: readonly string[],
  plan: PlanOne,
  known: KnownStates = new Map(),
): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const draft = await planEach(context, repos, async ({ repo }, bounded) =>
    plan(known.get(repo.name) ?? (await readFlowState(bounded, workspace, repo)), bounded),
  );
  const { refused = [], settled = [] } = repos.length === 0 ? withoutUncloned(draft) : draft;
  const stop = refused.find(({ failure }) => failure.code !== 'merge-conflict');
  if (!stop) return withTrust(context, workspace, { ...draft, refused, settled });
  const reason = `nothing was begun, because ${stop.target.name} can't`;
  const others = targetsOf(draft.steps).map((target) => ({ target, reason }));
  return { steps: [], refused, settled: [...settled, ...others] };
}

/** Where no repo is named, one that is not cloned is no reason to do nothing. */
function withoutUncloned({ refused = [], settled = [] }: Draft): Pick<Draft, 'refused' | 'settled'> {
  const absent = refused.filter(({ failure }) => failure.code === 'repo-absent');
  return {
    refused: refused.filter((one) => !absent.includes(one)),
    settled: [...settled, ...absent.map(({ target }) => ({ target, reason: 'not cloned' }))],
  };
}

function targetsOf(steps: readonly Step[]): Target[] {
  return [...new Map(steps.map(({ target }) => [target.name, target])).values()];
}

/** As the input says, else as the settings do. */
export async function styleOf(context: Context, style?: Style): Promise<Style> {
  return style ?? (await readSettings(context))['flow.style'];
}

/** The name of the flow branch that is meant: the one given, else the one that is checked out where the caller is. */
export async function nameOf(context: Context, kind: FlowKind, given?: string): Promise<string> {
  if (given !== undefined) return given;
  const workspace = await readWorkspace(context);
  const repo = repoAround(workspace, context.cwd);
  const state = repo && (await readFlowState(context, workspace, repo));
  const prefix = state?.model.prefixes[kind] ?? '';
  const branch = state?.home.branch;
  if (state && branch?.startsWith(prefix) && branch !== prefix) return branch.slice(prefix.length);
  throw flowError(
    'flow-name-missing',
    branch ? `${branch} is no ${kind} branch.` : `No ${kind} is named, and none is checked out here.`,
    { next: [`gantry flow ${kind} list`] },
  );
}

/** The repo whose main or linked worktree a directory is in. */
export function repoAround({ repos }: Workspace, directory: string): WorkspaceRepo | undefined {
  const around = gitDirectories(directory);
  if (around) return repos.find(({ path }) => gitDirectories(path)?.common === around.common);
  const parent = dirname(directory);
  return parent === directory ? undefined : repoAround({ repos } as Workspace, parent);
}

interface Existing {
  kind: FlowKind;
  name: string;
  repos: readonly string[];
  /** The beginning of a name is enough where it is that of one branch alone. */
  expand?: boolean;
  known?: KnownStates;
  /** The name as a repo has it, where that is not the one that was told. */
  nameIn?(state: FlowState, context: Context): Promise<string>;
  /** What there is to do in a repo that does not have it (any more). */
  absent?(state: FlowState, branch: string): Verdict | undefined;
}

/**
 * As `planFlow`, for a flow branch that is there already: repos without it have nothing to do, and where no repo has it
 * there is nothing to plan.
 */
export async function planExisting(
  context: Context,
  { kind, name, repos, expand = false, known, nameIn = async () => name, absent }: Existing,
  plan: (state: FlowState, branch: string, context: Context) => Promise<Verdict>,
): Promise<Draft> {
  const others = new Set<string>();
  let found = 0;
  const planOne: PlanOne = async (state, bounded) => {
    const prefix = state.model.prefixes[kind];
    const own = await nameIn(state, bounded);
    const branch = (expand && onlyBeginningWith(state, prefix, own)) || `${prefix}${own}`;
    if (isParent(state, branch)) return { settled: `${branch} is no flow branch` };
    if (state.branches.has(branch)) {
      found += 1;
      return plan(state, branch, bounded);
    }
    const rest = absent?.(state, branch);
    if (rest) {
      found += 1;
      return rest;
    }
    for (const one of state.branches.keys()) if (one.startsWith(prefix)) others.add(one.slice(prefix.length));
    return { settled: `has no ${branch}` };
  };
  const draft = await planFlow(context, repos, planOne, known);
  if (found > 0 || draft.refused?.length) return draft;
  const close = nearest(name, [...others]);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  throw flowError('flow-branch-missing', `There is no ${kind} ${JSON.stringify(name)}.${hint}`, {
    next: [`gantry flow ${kind} list`],
  });
}

/** Under a prefix that says nothing, main and develop would be flow branches too. */
export function isParent({ model }: FlowState, branch: string): boolean {
  return branch === model.main || branch === model.develop;
}

function onlyBeginningWith({ branches }: FlowState, prefix: string, name: string): string | undefined {
  if (branches.has(`${prefix}${name}`)) return undefined;
  const found = [...branches.keys()].filter((one) => one.startsWith(`${prefix}${name}`));
  return found.length === 1 ? found[0] : undefined;
}
