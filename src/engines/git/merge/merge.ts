import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '../ask.ts';
import { isMerged } from '../branch/standing.ts';
import { gitDirectories } from '../directory.ts';
import { gitError } from '../errors.ts';
import { gitRef } from '../facts.ts';
import { headNow } from '../leaves.ts';
import { waitForLock } from '../locks.ts';
import { placeOf, readHead, resolveCommit, resolveObject } from '../observe.ts';
import { git } from '../run.ts';
import { type Merge, mergeArgs, squashArgs, squashedArgs } from './argv.ts';
import { abortMerge, conflicted, goBack, mergeConflict, requireNoMerge } from './conflict.ts';
import { forecastMerge } from './forecast.ts';
import { noteForGitFlow } from './git-flow-note.ts';
import { hasStaged, isSquashed } from './squashed.ts';

type Merging = Application<Merge & { onConflict: 'abort' | 'leave'; back: string | null; note: boolean }>;

/** It happened if the branch is at the commit that this merge makes: its parents are known. */
export async function checkMerge({ args, target }: Merging, context: Context): Promise<Applied | undefined> {
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  const [head, first, second, named] = await Promise.all(
    ['HEAD', 'HEAD^1', 'HEAD^2', args.ref].map((revision) => resolveCommit(context, cwd, revision)),
  );
  const oid = args.oid ?? named;
  const isMerge =
    first === args.from &&
    (args.manner === 'squash' ? !second && (await hasMergedTree(args, target, context)) : second === oid);
  const isForwarded = args.manner === 'ff' && head === oid;
  return isMerge || isForwarded ? merged(args, target, context) : undefined;
}

/** A commit of somebody's is no squash: that has exactly what the merge makes. */
async function hasMergedTree(args: Merge, target: Target, context: Context): Promise<boolean> {
  const cwd = placeOf(target);
  const theirs = args.oid ?? (await resolveCommit(context, cwd, args.ref));
  if (theirs === undefined) return false;
  const { tree } = await forecastMerge(context, cwd, { ours: args.from, theirs });
  return tree !== null && (await resolveObject(context, cwd, 'HEAD^{tree}')) === tree;
}

export async function applyMerge({ args, target }: Merging, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  await requireNoMerge(cwd, target);
  const write = (words: string[]) => git(context, { cwd, mode: 'write', target: target.name, args: words });
  const isSquash = args.manner === 'squash';
  // What somebody has staged is theirs: git refuses to squash on top of it, and nothing is put back then.
  const isStaged = isSquash && (await hasStaged(context, cwd));
  const goesOn = isStaged && (await isSquashed(context, cwd, args));
  try {
    const merge = await unambiguous(args, cwd, context);
    if (!goesOn) await write(mergeArgs(merge));
    if (isSquash) {
      await headSquash(cwd, args, context);
      await write(squashArgs(args));
    }
  } catch (thrown) {
    throw await afterFailure({ args, target }, thrown, context, isSquash && (!isStaged || goesOn));
  }
  await requireMerged(args, target, context);
  return merged(args, target, context);
}

/** The words of git-flow's `--squash-info`, in the place of git's own. */
async function headSquash(cwd: string, args: Merge, context: Context): Promise<void> {
  const own = gitDirectories(cwd)?.own;
  if (!args.heading || args.message !== null || own === undefined) return;
  const { stdout } = await ask(context, { cwd, args: squashedArgs(args) });
  await writeFile(
    join(own, 'SQUASH_MSG'),
    `Squashed commit of the following:\n\n${args.heading}\n\n${stdout}`,
  );
}

/** A conflict that is to be resolved stays; of everything else nothing is left behind. */
async function afterFailure(
  { args, target }: Pick<Merging, 'args' | 'target'>,
  thrown: unknown,
  context: Context,
  resets: boolean,
): Promise<unknown> {
  const cwd = placeOf(target);
  const files = await conflicted(context, cwd);
  if (files.length > 0 && args.onConflict === 'leave') {
    if (args.note) await noteForGitFlow(cwd, args.into);
    return mergeConflict(target, args, { files });
  }
  await abortMerge(context, target, resets);
  await goBack(context, target, args);
  return files.length > 0 ? mergeConflict(target, args, { files }) : thrown;
}

/** Configuration and hooks can make git end well without a merge; what follows would take the branch away. */
async function requireMerged(args: Merge, target: Target, context: Context): Promise<void> {
  const cwd = placeOf(target);
  const { stdout } = await ask(context, {
    cwd,
    args: ['rev-list', '--parents', '--max-count=1', 'HEAD', '--'],
  });
  const [head, ...parents] = stdout.trim().split(' ');
  const oid = args.oid ?? (await resolveCommit(context, cwd, args.ref));
  const isMade = args.manner === 'squash' ? parents.includes(args.from) : parents.includes(oid ?? '');
  if (isMade || head === oid) return;
  if (await isMerged(context, cwd, { commit: oid ?? 'HEAD', into: 'HEAD' })) return;
  throw gitError(
    'merge-missing',
    `${target.name}: git ended well, and ${args.into} does not have ${args.name}.`,
    {
      next: [
        `git -C ${quote(cwd)} status`,
        `git -C ${quote(cwd)} config --get-regexp ${quote('^branch\\.|^merge\\.')}`,
      ],
    },
  );
}

/** The short name makes git's own message; where it stands for something else too, the commit is merged by its id. */
async function unambiguous(args: Merge, cwd: string, context: Context): Promise<Merge> {
  const [oid, named] = await Promise.all([
    args.oid ?? resolveCommit(context, cwd, args.ref),
    resolveCommit(context, cwd, args.name),
  ]);
  if (oid === undefined || named === oid) return args;
  const kind = args.ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  return { ...args, name: oid, message: args.message ?? `Merge ${kind} '${args.name}' into ${args.into}` };
}

async function merged(args: Merge, target: Target, context: Context): Promise<Applied> {
  const to = await readHead({}, target, context);
  const isNothing = to === args.from;
  return {
    summary: isNothing ? `${args.into} has ${args.name} already` : `merged ${args.name} into ${args.into}`,
    result: { from: args.from, to },
    leaves: [...(await headNow(context, target)), expect(gitRef, { ref: `refs/heads/${args.into}` }, to)],
  };
}
