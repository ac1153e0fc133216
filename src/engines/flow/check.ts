import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { readStanding, standingWord } from '#engines/git/branch/standing.ts';
import { gitDirectories, operationInProgress } from '#engines/git/directory.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { unfinished } from '#engines/git/merge/conflict.ts';
import { requireBranchName, requireTagName, rivalOf } from '#engines/git/names.ts';
import { placeOf } from '#engines/git/observe.ts';
import { flowError } from './errors.ts';
import { TRAITS } from './kinds.ts';
import type { Style } from './plan.ts';
import type { FlowState, LocalBranch } from './state.ts';

/** git's own rules for the name, and semantic versions for what is tagged by it. */
export async function requireName(
  context: Context,
  state: FlowState,
  { kind, name, branch, style }: { kind: FlowKind; name: string; branch: string; style: Style },
): Promise<void> {
  await requireBranchName(context, state.repo.path, name === '' ? '' : branch);
  if (!TRAITS[kind].versioned || style === 'avh') return;
  const { default: valid } = await import('semver/functions/valid.js');
  if (valid(name) !== null && /^\d/.test(name)) return;
  throw flowError('flow-version-invalid', `${JSON.stringify(name)} is no semantic version.`, {
    next: [`gantry flow ${kind} list`, `gantry flow ${kind} start 1.0.0`],
  });
}

/** git's own rules for a tag, and no other tag in its way. */
export async function requireTag(context: Context, { repo, tags }: FlowState, tag: string): Promise<void> {
  await requireTagName(context, repo.path, tag);
  const rival = rivalOf(tag, tags.keys());
  if (rival === undefined) return;
  throw flowError('flow-tag-exists', `${repo.name}: the tag ${tag} can't stand beside ${rival}.`, {
    next: [`git -C ${quote(repo.path)} tag --list`],
  });
}

export function requireRoomFor({ repo, branches }: FlowState, kind: FlowKind, branch: string): void {
  const rival = rivalOf(branch, branches.keys());
  if (rival === undefined) return;
  throw flowError('flow-branch-exists', `${repo.name}: ${branch} can't stand beside ${rival}.`, {
    next: [`gantry flow ${kind} list --repos ${quote(repo.name)}`],
  });
}

/** The local branch that a flow branch starts from or is merged into. */
export function requireBase(state: FlowState, base: string): LocalBranch {
  const found = state.branches.get(base);
  if (found) return found;
  const { repo, model, remotes } = state;
  const isModels = base === model.develop || base === model.main;
  const remote = remotes.has(`${model.origin}/${base}`);
  throw flowError('flow-base-missing', `${repo.name} has no branch ${base}.`, {
    next: [
      ...(remote ? [`gantry repo checkout ${quote(base)} --repos ${quote(repo.name)}`] : []),
      isModels ? `gantry flow init --repos ${quote(repo.name)}` : `git -C ${quote(repo.path)} branch --all`,
    ],
  });
}

/** Refuses where the remote has commits that a branch lacks, as far as is known here. */
export async function requireCurrent(context: Context, state: FlowState, branch: string): Promise<void> {
  const { repo, model, branches, remotes } = state;
  const remote = `${model.origin}/${branch}`;
  const theirs = remotes.get(remote);
  if (theirs === undefined || theirs === branches.get(branch)?.oid) return;
  const standing = await readStanding(context, repo.path, {
    ref: `refs/heads/${branch}`,
    against: `refs/remotes/${remote}`,
  });
  const word = standingWord(standing);
  if (word !== 'behind' && word !== 'diverged') return;
  const how = word === 'behind' ? 'is behind' : 'has diverged from';
  throw flowError('flow-base-behind', `${repo.name}: ${branch} ${how} ${remote}.`, {
    next:
      word === 'behind'
        ? [`gantry flow sync --repos ${quote(repo.name)}`]
        : [`git -C ${quote(repo.path)} log --oneline --left-right ${quote(`${branch}...${remote}`)}`],
  });
}

/** Refuses where tracked files have changes, or something is in progress; untracked files are in nobody's way. */
export async function requireClean(context: Context, target: Target): Promise<void> {
  requireIdle(target);
  const cwd = placeOf(target);
  const { stdout } = await ask(context, {
    cwd,
    args: ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=dirty'],
  });
  if (stdout === '') return;
  const [first = ''] = stdout.split('\0');
  throw flowError('flow-dirty', `${target.name} has uncommitted changes in ${cwd}: ${first.slice(3)}.`, {
    next: [
      `git -C ${quote(cwd)} status`,
      `gantry repo stash --repos ${quote(target.name)}`,
      `gantry repo commit --all --repos ${quote(target.name)} -m MESSAGE`,
    ],
  });
}

export function requireIdle(target: Target): void {
  const own = gitDirectories(placeOf(target))?.own;
  const operation = own === undefined ? null : operationInProgress(own);
  if (operation !== null) throw unfinished(target, operation);
}
