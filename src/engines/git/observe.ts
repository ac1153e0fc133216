import { readdir } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { ask } from './ask.ts';
import { gitDirectories } from './directory.ts';
import { fingerprint } from './fingerprint.ts';

/** Where a target lives; only repos are asked about, and they have a path. */
export function placeOf({ path, name }: Target): string {
  if (path === undefined) throw new TypeError(`The target ${name} has no path.`);
  return path;
}

export async function readHead(_: object, target: Target, context: Context): Promise<string> {
  return (await resolveCommit(context, placeOf(target), 'HEAD')) ?? 'unborn';
}

export async function readBranch(_: object, target: Target, context: Context): Promise<string> {
  return (await headRef(context, placeOf(target)))?.replace(/^refs\/heads\//, '') ?? 'detached';
}

export async function readRef({ ref }: { ref: string }, target: Target, context: Context): Promise<string> {
  return (await resolveCommit(context, placeOf(target), ref)) ?? 'absent';
}

export async function readRefs(_: object, target: Target, context: Context): Promise<string> {
  const { stdout } = await ask(context, {
    cwd: placeOf(target),
    args: ['for-each-ref', '--format=%(objectname) %(refname)'],
  });
  return fingerprint().update(stdout).digest('hex');
}

export async function readExists(_: object, target: Target): Promise<string> {
  const path = placeOf(target);
  if (gitDirectories(path)) return 'cloned';
  try {
    return (await readdir(path)).length === 0 ? 'absent' : 'occupied';
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'occupied';
  }
}

/** Full name of the ref that HEAD stands for; nothing where it is detached. */
export async function headRef(context: Context, cwd: string): Promise<string | undefined> {
  const { stdout } = await ask(context, { cwd, args: ['symbolic-ref', '--quiet', 'HEAD'], answers: [0, 1] });
  return stdout.trim() || undefined;
}

/** Object id of the commit that a revision stands for; nothing where there is none. */
export async function resolveCommit(
  context: Context,
  cwd: string,
  revision: string,
): Promise<string | undefined> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    answers: [0, 1],
  });
  return stdout.trim() || undefined;
}

/** Object id of a ref itself, which of an annotated tag is not that of its commit. */
export async function resolveObject(context: Context, cwd: string, ref: string): Promise<string> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', ref],
  });
  return stdout.trim();
}
