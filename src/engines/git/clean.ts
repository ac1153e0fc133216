import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { type Cleaning, cleanArgs } from './argv.ts';
import { type BytePath, pathBytes } from './bytes.ts';
import { listUntracked, readUntracked } from './changes.ts';
import { gitUntracked } from './facts.ts';
import { worktreeNow } from './leaves.ts';
import { placeOf } from './observe.ts';
import { git } from './run.ts';
import { refuseWorkSince } from './since.ts';
import { snapshotBefore } from './snapshot.ts';
import { notKept } from './snapshot-compare.ts';
import { counted } from './words.ts';

/** It happened if all of it is gone. Deleting the rest is as good, unless somebody has made something there since. */
export async function checkClean(
  application: Application<Cleaning>,
  context: Context,
): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const left = await listGiven(context, cwd, args);
  if (left.length === 0) return cleaned(args, target, context);
  const snapshot = await snapshotBefore(application, context);
  if (snapshot) refuseWorkSince(cwd, await notKept(context, { cwd, snapshot }, left));
  return undefined;
}

/** The files that are still there of the paths, or below them. */
async function listGiven(context: Context, cwd: string, { paths, ignored }: Cleaning): Promise<BytePath[]> {
  const given = paths.map((path) => pathBytes(Buffer.from(path)).toString('latin1'));
  const files = await listUntracked(context, cwd, { ignored });
  return files.filter(
    (file) =>
      !file.endsWith('/') &&
      given.some((path) => path === file || (path.endsWith('/') && file.startsWith(path))),
  );
}

export async function applyClean(
  { args, target }: Application<Cleaning>,
  context: Context,
): Promise<Applied> {
  const cwd = placeOf(target);
  for (const command of cleanArgs(args)) {
    await git(context, { cwd, mode: 'write', target: target.name, args: command });
  }
  return cleaned(args, target, context);
}

async function cleaned(args: Cleaning, target: Target, context: Context): Promise<Applied> {
  return {
    summary: `${counted(args.paths.length, 'path')} deleted`,
    result: { paths: [...args.paths] },
    leaves: [
      ...(await worktreeNow(context, target)),
      expect(gitUntracked, { ignored: args.ignored }, await readUntracked(args, target, context)),
    ],
  };
}
