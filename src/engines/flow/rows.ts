import type { Context } from '#engines/core/context.ts';
import { ask } from '#engines/git/ask.ts';
import { readStanding, type Standing } from '#engines/git/branch/standing.ts';
import { FLOW_KINDS, type FlowKind } from '#engines/git/flow-config.ts';
import { forecastMerge } from '#engines/git/merge/forecast.ts';
import { leasesOn, liveLeases } from '#engines/lease/read.ts';
import type { Lease } from '#engines/lease/types.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { setOf } from '#engines/worktree/place.ts';
import { targetsOf } from './finish/targets.ts';
import { isParent } from './plan.ts';
import { type FlowState, type LocalBranch, type Place, placeOfBranch } from './state.ts';
import type { FlowBranch, FlowRepo } from './types.ts';

export function repoRow({ repo, model, branches }: FlowState): FlowRepo {
  const { source, main, develop } = model;
  const missing = [main, develop].filter((name) => !branches.has(name));
  return {
    repo: repo.name,
    model: source === 'manifest' && missing.length > 0 ? 'off' : source,
    main,
    develop,
    problem: missing.length === 0 ? null : `there is no branch ${missing.join(' and no branch ')}`,
  };
}

/** Every flow branch of a repo. */
export async function readFlowRows(
  context: Context,
  workspace: Workspace,
  state: FlowState,
): Promise<FlowBranch[]> {
  const found = [...state.branches.values()].flatMap((branch) => {
    const kind = kindOf(state, branch.name);
    return kind === undefined ? [] : [{ kind, branch }];
  });
  const details = await readDetails(context, state);
  const leases = liveLeases(context);
  return Promise.all(
    found.map(({ kind, branch }) => rowOf(context, workspace, state, { kind, branch, details, leases })),
  );
}

export function kindOf(state: FlowState, branch: string): FlowKind | undefined {
  const { model } = state;
  if (isParent(state, branch)) return undefined;
  return FLOW_KINDS.find((kind) => {
    const prefix = model.prefixes[kind];
    return prefix !== '' && branch.startsWith(prefix) && branch !== prefix;
  });
}

interface Detail {
  subject: string;
  at: number;
}

async function readDetails(context: Context, { repo }: FlowState): Promise<Map<string, Detail>> {
  const { stdout } = await ask(context, {
    cwd: repo.path,
    args: [
      'for-each-ref',
      '--format=%(refname:lstrip=2)%00%(committerdate:unix)%00%(contents:subject)',
      'refs/heads',
    ],
  });
  return new Map(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [name = '', at = '0', subject = ''] = line.split('\0');
        return [name, { at: Number(at), subject }];
      }),
  );
}

interface Found {
  kind: FlowKind;
  branch: LocalBranch;
  details: ReadonlyMap<string, Detail>;
  leases: ReadonlyMap<string, Lease>;
}

async function rowOf(
  context: Context,
  workspace: Workspace,
  state: FlowState,
  { kind, branch, details, leases }: Found,
): Promise<FlowBranch> {
  const { repo, model, remotes } = state;
  const { name, oid, upstream } = branch;
  const against = (other: string) =>
    readStanding(context, repo.path, { ref: oid, against: `refs/heads/${other}` });
  const place = placeOfBranch(state, name);
  const [develop, main, published, dirty] = await Promise.all([
    against(model.develop),
    against(model.main),
    upstream !== null && remotes.has(upstream)
      ? readStanding(context, repo.path, { ref: oid, against: `refs/remotes/${upstream}` })
      : null,
    place ? isDirty(context, place) : null,
  ]);
  const known = new Map([
    [model.develop, develop],
    [model.main, main],
  ]);
  const forecast = await readForecast(context, state, { kind, branch, known });
  const path = place?.target.path ?? null;
  return {
    id: `${repo.name} ${name}`,
    repo: repo.name,
    kind,
    name: name.slice(model.prefixes[kind].length),
    branch: name,
    oid,
    develop,
    main,
    upstream,
    ahead: published?.ahead ?? null,
    behind: published?.behind ?? null,
    worktree: path,
    set: path === null ? null : setOf(workspace, repo, path),
    dirty,
    ...forecast,
    lease: (place && leasesOn(leases, place.target)[0]?.holder) || null,
    subject: details.get(name)?.subject ?? '',
    at: details.get(name)?.at ?? 0,
  };
}

async function isDirty(context: Context, { target }: Place): Promise<boolean> {
  const { stdout } = await ask(context, {
    cwd: target.path as string,
    args: ['status', '--porcelain', '-z'],
  });
  return stdout !== '';
}

/** Of the first merge that finishing it makes; a support branch is never merged. */
async function readForecast(
  context: Context,
  state: FlowState,
  { kind, branch, known }: Pick<Found, 'kind' | 'branch'> & { known: ReadonlyMap<string, Standing | null> },
): Promise<Pick<FlowBranch, 'forecast' | 'conflicts'>> {
  const [first] = targetsOf(state, { kind, branch: branch.name });
  const into = first === undefined ? undefined : state.branches.get(first);
  if (!into) return { forecast: 'unknown', conflicts: [] };
  const standing =
    known.get(into.name) ??
    (await readStanding(context, state.repo.path, { ref: branch.oid, against: into.oid }));
  if (standing?.ahead === 0) return { forecast: 'merged', conflicts: [] };
  if (standing?.behind === 0) return { forecast: 'clean', conflicts: [] };
  const { clean, files } = await forecastMerge(context, state.repo.path, {
    ours: into.oid,
    theirs: branch.oid,
  });
  return { forecast: clean === null ? 'unknown' : clean ? 'clean' : 'conflict', conflicts: files };
}
