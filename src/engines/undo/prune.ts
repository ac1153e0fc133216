import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findActivity } from '#engines/activity/read.ts';
import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Settled, Step, Target } from '#engines/core/plan.ts';
import { gitSnapshotDelete } from '#engines/git/operations.ts';
import { expired, listSnapshots } from '#engines/git/snapshots.ts';
import { trashDirectory } from '#engines/git/trash.ts';
import { store } from '#engines/store/store.ts';
import { workspaceTrashDelete } from '#engines/workspace/operations.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { listTrash } from '#engines/workspace/trash-delete.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';

const DAY = 86_400_000;
const MEGABYTE = 1_000_000;

interface Limits {
  /** Milliseconds since the epoch. */
  before: number;
  /** Bytes of the snapshots of one repo, and of all removed files. */
  size: number;
}

type Verdict = { step: Step } | Settled;

/**
 * Forgets snapshots and deletes removed files that are older or larger than the settings keep; what they belong to
 * can't be undone any more. Removed files are the machine's; with `all`, those of this workspace go.
 */
export async function planPrune({ all }: { all: boolean }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const settings = await readSettings(context, workspace);
  const limits: Limits = all
    ? { before: Number.POSITIVE_INFINITY, size: 0 }
    : {
        before: context.now() - settings['undo.keepDays'] * DAY,
        size: settings['undo.keepMegabytes'] * MEGABYTE,
      };
  const planned = await Promise.all([
    ...workspace.repos.map((repo) => pruneRepo(repo, limits, context)),
    pruneTrash(all, limits, context),
  ]);
  return {
    steps: planned.flatMap((one) => ('step' in one ? [one.step] : [])),
    settled: planned.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

async function pruneTrash(all: boolean, limits: Limits, context: Context): Promise<Verdict> {
  const target: Target = { kind: 'store', name: 'removed files', path: trashDirectory(context) };
  const kept = await listTrash(context);
  const old = expired(all ? kept.filter(({ activity }) => isOwn(activity, context)) : kept, limits);
  if (old.length === 0) return { target, reason: 'nothing to delete' };
  const activities = old.map(({ activity }) => activity);
  return { step: { id: 'trash', target, expects: [], ...call(workspaceTrashDelete, { activities }) } };
}

function isOwn(activity: string, context: Context): boolean {
  return findActivity(context.use(store), activity)?.workspace === context.workspace;
}

async function pruneRepo(repo: WorkspaceRepo, limits: Limits, context: Context): Promise<Verdict> {
  const target: Target = { kind: 'repo', name: repo.name, path: repo.path };
  if (!(await isRepository(repo.path))) return { target, reason: 'not cloned' };
  const old = expired(await listSnapshots(context, repo.path), limits);
  if (old.length === 0) return { target, reason: 'nothing to forget' };
  const refs = old.map(({ ref, oid }) => ({ ref, oid }));
  return { step: { id: `${repo.name}/1`, target, expects: [], ...call(gitSnapshotDelete, { refs }) } };
}

async function isRepository(path: string): Promise<boolean> {
  return stat(join(path, '.git')).then(
    () => true,
    () => false,
  );
}
