import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { listUntracked } from '../changes.ts';
import { readTrackedFact } from '../commit/index-state.ts';
import { gitDirectories } from '../directory.ts';
import { gitError } from '../errors.ts';
import { worktreeNow } from '../leaves.ts';
import { waitForLock } from '../locks.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { snapshotBefore } from '../snapshot.ts';
import { dropArgs, type Pushing, pushArgs } from './argv.ts';
import { readStash, STASH } from './entries.ts';
import { listNow } from './list.ts';
import { rollBack } from './roll-back.ts';

type Push = Application<Pushing & { onto: string | null }>;

/** It happened if there is a new entry on this commit and nothing is left to put aside; what was begun is taken back. */
export async function checkPush(application: Push, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  const [newest, base, head] = await Promise.all([
    resolveCommit(context, cwd, STASH),
    resolveCommit(context, cwd, `${STASH}^1`),
    resolveCommit(context, cwd, 'HEAD'),
  ]);
  const isOurs =
    newest !== undefined && newest !== args.onto && base === head && (await isOnto(context, cwd, args));
  if (isOurs && (await isPutAside(context, application))) return pushed(newest, target, context);
  if (isOurs) await git(context, { cwd, mode: 'write', target: target.name, args: dropArgs({ number: 0 }) });
  await rollBack(application, context);
  return undefined;
}

async function isOnto(context: Context, cwd: string, { onto }: Push['args']): Promise<boolean> {
  const [, second] = await readStash(context, cwd);
  return (second?.oid ?? null) === onto;
}

/** What is no longer ignored, because the rules for that were put aside too, was not to go. */
async function isPutAside(context: Context, application: Push): Promise<boolean> {
  const { args, target } = application;
  if ((await readTrackedFact({}, target, context)) !== 'clean') return false;
  if (!args.untracked) return true;
  const before = await snapshotBefore(application, context);
  const kept = new Set(before?.state.files.map(({ path }) => path));
  return (await listUntracked(context, placeOf(target), { ignored: false })).every((path) => !kept.has(path));
}

export async function applyPush(application: Push, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  await git(context, { cwd, mode: 'write', target: target.name, args: pushArgs(args) });
  const newest = await resolveCommit(context, cwd, STASH);
  if (newest && newest !== args.onto) return pushed(newest, target, context);
  throw gitError('stash-nothing', `git found nothing in ${target.name} to put aside.`, {
    next: [`gantry repo diff ${quote(target.name)}`],
  });
}

async function pushed(oid: string, target: Target, context: Context): Promise<Applied> {
  const [worktree, list] = await Promise.all([worktreeNow(context, target), listNow(context, target)]);
  return { summary: `put aside as ${oid.slice(0, 10)}`, result: { oid }, leaves: [...worktree, ...list] };
}
