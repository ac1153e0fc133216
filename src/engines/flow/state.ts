import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { ask } from '#engines/git/ask.ts';
import { gitDirectories, symbolicHead } from '#engines/git/directory.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { readWorktrees } from '#engines/git/worktree/list.ts';
import { type FlowModel, readFlowModel } from '#engines/workspace/flow-model.ts';
import { repoTarget } from '#engines/workspace/targets.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';

export interface LocalBranch {
  name: string;
  oid: string;
  /** Short name of its upstream; null where it has none. */
  upstream: string | null;
}

/** A worktree of the repo and what is checked out there. */
export interface Place {
  target: Target;
  /** Null where HEAD is detached. */
  branch: string | null;
  head: string | null;
}

/** All that planning needs to know of one repo, read by few gits. */
export interface FlowState {
  workspace: Workspace;
  repo: WorkspaceRepo;
  model: FlowModel;
  branches: ReadonlyMap<string, LocalBranch>;
  /** Object ids by short name: `origin/develop`. */
  remotes: ReadonlyMap<string, string>;
  /** The commits that tags stand for. */
  tags: ReadonlyMap<string, string>;
  /** The main worktree first. */
  places: readonly Place[];
  /** The worktree that the caller is in; the main one where it is in none of this repo. */
  home: Place;
}

const FORMAT = '%(refname)%00%(objectname)%00%(*objectname)%00%(upstream:short)%00%(symref)%00';

export async function readFlowState(
  context: Context,
  workspace: Workspace,
  repo: WorkspaceRepo,
): Promise<FlowState> {
  const [model, places, refs] = await Promise.all([
    readFlowModel(context, workspace, repo),
    readPlaces(context, repo),
    ask(context, {
      cwd: repo.path,
      args: ['for-each-ref', `--format=${FORMAT}`, 'refs/heads', 'refs/remotes', 'refs/tags'],
    }),
  ]);
  return { workspace, repo, model, places, home: homeOf(places, context.cwd), ...parseRefs(refs.stdout) };
}

/** The branch of a flow branch's name. */
export function branchOf({ model }: FlowState, kind: FlowKind, name: string): string {
  return `${model.prefixes[kind]}${name}`;
}

/** The place that has a branch checked out. */
export function placeOfBranch({ places }: FlowState, branch: string): Place | undefined {
  return places.find((place) => place.branch === branch);
}

/** What is checked out, as `git.switch` names it. */
export function checkedOut({ branch, head }: Place): string {
  return branch ?? head ?? 'HEAD';
}

function parseRefs(output: string): Pick<FlowState, 'branches' | 'remotes' | 'tags'> {
  const branches = new Map<string, LocalBranch>();
  const remotes = new Map<string, string>();
  const tags = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [ref = '', oid = '', peeled = '', upstream = '', symref = ''] = line.split('\0');
    const name = ref.replace(/^refs\/(heads|remotes|tags)\//, '');
    if (symref !== '') continue;
    if (ref.startsWith('refs/heads/')) branches.set(name, { name, oid, upstream: upstream || null });
    else if (ref.startsWith('refs/remotes/')) remotes.set(name, oid);
    else if (ref !== '') tags.set(name, peeled || oid);
  }
  return { branches, remotes, tags };
}

async function readPlaces(context: Context, repo: WorkspaceRepo): Promise<Place[]> {
  const target = repoTarget(repo);
  const directories = gitDirectories(repo.path);
  if (directories && !existsSync(join(directories.common, 'worktrees'))) {
    const branch = symbolicHead(directories.own)?.replace(/^refs\/heads\//, '') ?? null;
    const head = branch === null ? ((await resolveCommit(context, repo.path, 'HEAD')) ?? null) : null;
    return [{ target, branch, head }];
  }
  const worktrees = await readWorktrees(context, repo.path);
  return worktrees
    .filter(({ bare, prunable }) => !bare && prunable === null)
    .map(({ path, branch, head }, index) => ({
      target: index === 0 ? target : { ...target, path, repo: repo.path },
      branch,
      head,
    }));
}

function homeOf(places: readonly Place[], cwd: string): Place {
  const around = places.filter(
    ({ target: { path } }) => path !== undefined && (cwd === path || cwd.startsWith(path + sep)),
  );
  const nearest = around.toSorted((a, b) => (b.target.path?.length ?? 0) - (a.target.path?.length ?? 0))[0];
  return nearest ?? (places[0] as Place);
}
