import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { readUntracked } from './changes.ts';
import { gitUntracked } from './facts.ts';
import { replacedBy } from './in-the-way.ts';
import { worktreeNow } from './leaves.ts';
import { placeOf } from './observe.ts';
import { restoreSnapshot } from './restore-write.ts';
import { freeRef, snapshotsOf } from './snapshot.ts';
import { readSnapshot } from './snapshot-read.ts';
import type { SnapshotState } from './snapshot-state.ts';
import { type Snapshot, takeSnapshot } from './snapshot-write.ts';

type Restoring = Application<{ oid: string }>;

/** Restoring again ends in the same state. */
export async function checkRestore(): Promise<undefined> {
  return undefined;
}

/** Brings a snapshot back; what was there until now becomes a snapshot itself, so that this can be taken back too. */
export async function applyRestore(application: Restoring, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const state = await readSnapshot(context, cwd, args.oid);
  const earlier = await earlierAttempt(application, context);
  // Taken again even so: somebody may have worked here since that attempt died.
  const now = await takeBefore(application, context, state);
  await restoreSnapshot(context, { cwd, oid: args.oid, target: target.name });
  return {
    summary: `brought back ${state.head.ref?.replace('refs/heads/', '') ?? 'a detached HEAD'} and its working tree`,
    result: { before: (earlier ?? now).oid },
    leaves: await leavesOf(context, target, state.ignored),
  };
}

/** Where an earlier attempt died half-way, the repository is no longer in the state that has to be kept. */
async function earlierAttempt(application: Restoring, context: Context): Promise<Snapshot | undefined> {
  const taken = await snapshotsOf(context, application);
  return taken.findLast(({ state }) => state.restoring === application.args.oid);
}

/** With the ignored files that would be replaced. */
async function takeBefore(application: Restoring, context: Context, state: SnapshotState): Promise<Snapshot> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const ref = await freeRef(context, application);
  return takeSnapshot(context, {
    cwd,
    ref,
    ignored: state.ignored,
    also: await replacedBy(context, cwd, state),
    restoring: args.oid,
    target: target.name,
  });
}

async function leavesOf(context: Context, target: Target, ignored: boolean) {
  const worktree = await worktreeNow(context, target);
  if (!ignored) return worktree;
  return [...worktree, expect(gitUntracked, { ignored }, await readUntracked({ ignored }, target, context))];
}
