import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type BytePath, decodePath } from './bytes.ts';
import { listChanges } from './changes.ts';
import { gitError } from './errors.ts';
import { GITLINK, readIndex } from './index-entries.ts';
import { resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { notKept } from './snapshot-compare.ts';
import { readSnapshot } from './snapshot-read.ts';
import type { SnapshotState } from './snapshot-state.ts';
import type { Snapshot } from './snapshot-write.ts';
import type { ChangedFile } from './status.ts';
import { namesIn } from './tree-names.ts';

interface Between {
  /** Absolute path of the worktree. */
  cwd: string;
  /** What was kept before the step that was broken off. */
  before: Snapshot;
  /** The commit that the step leads to. */
  goal: string;
}

/**
 * Throws where something is neither as a snapshot has it nor as the step behind it leaves it: somebody has worked here since
 * that step was broken off, and continuing it would go over their work.
 */
export function refuseWorkSince(cwd: string, changed: readonly BytePath[]): void {
  const [first] = changed;
  if (first === undefined) return;
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  throw gitError('changed-since', `${decodePath(first) ?? first}${more} in ${cwd} was changed since.`, {
    next: ['gantry undo list', 'gantry activity list'],
  });
}

/** Paths that hold work of which neither the snapshot nor the goal knows, submodules included. */
export async function changedBetween(context: Context, between: Between): Promise<BytePath[]> {
  const { cwd, before, goal } = between;
  const [toGoal, toSnapshot, added] = await Promise.all([
    differing(context, cwd, goal),
    before.state.staged === null ? undefined : differing(context, cwd, before.state.staged),
    addedSince(context, between),
  ]);
  const candidates = [...toGoal].flatMap(([path, kind]) => {
    const other = toSnapshot ? toSnapshot.get(path) : kind;
    // What no tree has is in the way of neither.
    return other === undefined || (other === 'untracked' && kind === 'untracked') ? [] : [path];
  });
  const foreign = await notKept(context, { cwd, snapshot: before }, candidates);
  const inside = await Promise.all(
    before.state.submodules.map((submodule) => changedInside(context, between, submodule)),
  );
  return [...new Set([...foreign, ...added, ...inside.flat()])];
}

async function changedInside(
  context: Context,
  { cwd, goal }: Between,
  { path, oid }: SnapshotState['submodules'][number],
): Promise<BytePath[]> {
  const inner = join(cwd, path);
  const state = await readSnapshot(context, inner, oid);
  const head = (await resolveCommit(context, inner, 'HEAD')) ?? null;
  const recorded = await recordedCommit(context, cwd, goal, path);
  if (head !== state.head.oid && head !== recorded) return [path];
  const between = { cwd: inner, before: { oid, state }, goal: recorded ?? state.head.oid ?? 'HEAD' };
  return (await changedBetween(context, between)).map((inside) => `${path}/${inside}`);
}

async function recordedCommit(
  context: Context,
  cwd: string,
  goal: string,
  path: string,
): Promise<string | undefined> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: ['ls-tree', '-z', goal, '--', `:(top,literal)${path}`],
  });
  return /^160000 commit ([0-9a-f]+)\t/.exec(stdout)?.[1];
}

/** Files that exist and are not as a tree has them, and those that it does not have. */
async function differing(
  context: Context,
  cwd: string,
  tree: string,
): Promise<Map<BytePath, ChangedFile['kind']>> {
  const scratch = await mkdtemp(join(context.env.TMPDIR ?? '/tmp', 'gantry-since-'));
  const env = { GIT_INDEX_FILE: join(scratch, 'index') };
  try {
    await git(context, { cwd, mode: 'background', env, args: ['read-tree', tree] });
    const changed = (await listChanges(context, cwd, env)).filter(
      ({ worktree, submodule }) => !'.D'.includes(worktree) && !submodule,
    );
    return new Map(changed.map(({ path, kind }) => [path, kind]));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Paths that entered the index in between: what is in neither tree is nobody's but theirs who added it. */
async function addedSince(context: Context, { cwd, before, goal }: Between): Promise<BytePath[]> {
  const trees = before.state.staged === null ? [goal] : [goal, before.state.staged];
  const [entries, ...names] = await Promise.all([
    readIndex(context, cwd),
    ...trees.map((tree) => namesIn(context, cwd, tree)),
  ]);
  const known = new Set(names.flat());
  return entries
    .filter(({ stage, mode, path }) => stage === 0 && mode !== GITLINK && !known.has(path))
    .map(({ path }) => path);
}
