import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { ask } from '../ask.ts';
import { gitDirectories } from '../directory.ts';
import { resolveCommit } from '../observe.ts';
import { forecastMerge } from './forecast.ts';

/** Whether a squash was broken off before its commit: what is staged is exactly what it staged. */
export async function isSquashed(
  context: Context,
  cwd: string,
  { ref, oid, from }: { ref: string; oid: string | null; from: string },
): Promise<boolean> {
  const own = gitDirectories(cwd)?.own;
  if (own === undefined || !existsSync(join(own, 'SQUASH_MSG'))) return false;
  const theirs = oid ?? (await resolveCommit(context, cwd, ref));
  if (theirs === undefined || (await resolveCommit(context, cwd, 'HEAD')) !== from) return false;
  const { clean, tree } = await forecastMerge(context, cwd, { ours: from, theirs });
  if (!clean || tree === null) return false;
  const { exitCode } = await ask(context, {
    cwd,
    args: ['diff-index', '--cached', '--quiet', tree, '--'],
    answers: [0, 1],
  });
  return exitCode === 0;
}

export async function hasStaged(context: Context, cwd: string): Promise<boolean> {
  const { exitCode } = await ask(context, {
    cwd,
    args: ['diff-index', '--cached', '--quiet', 'HEAD', '--'],
    answers: [0, 1],
  });
  return exitCode === 1;
}
