import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { readChanges } from '../changes.ts';
import { placeOf, readBranch, readHead, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { parseChanges } from '../status.ts';
import { gitSubmodule } from './facts.ts';

/** Where the repository is that has this submodule at a path. */
export function aroundOf(target: Target, path: string): string {
  return placeOf(target).slice(0, -(path.length + 1));
}

export function isCheckedOut(place: string): boolean {
  return existsSync(join(place, '.git'));
}

export async function readSubmoduleFact(_: object, target: Target, context: Context): Promise<string> {
  if (!isCheckedOut(placeOf(target))) return 'missing';
  const [head, branch, changes] = await Promise.all([
    readHead({}, target, context),
    readBranch({}, target, context),
    readChanges({}, target, context),
  ]);
  return `${head} ${branch} ${changes}`;
}

export async function readKnownFact(
  { branch, remote }: { branch: string; remote: string },
  target: Target,
  context: Context,
): Promise<string> {
  const cwd = placeOf(target);
  if (await resolveCommit(context, cwd, `refs/heads/${branch}`)) return 'local';
  return (await resolveCommit(context, cwd, `refs/remotes/${remote}/${branch}`)) ? 'remote' : 'absent';
}

export async function submoduleNow(context: Context, target: Target): Promise<Expectation[]> {
  return [expect(gitSubmodule, {}, await readSubmoduleFact({}, target, context))];
}

/** How many tracked files differ from HEAD; untracked files count nowhere, also not in submodules. */
export async function countEdits(context: Context, cwd: string): Promise<number> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: ['status', '--porcelain=v2', '-z', '--untracked-files=no', '--ignore-submodules=untracked'],
  });
  return parseChanges(stdout).length;
}

/** How many commits of HEAD no branch, remote branch or tag has, nor one of the commits that are named. */
export async function commitsOnlyHere(
  context: Context,
  cwd: string,
  but: readonly string[],
): Promise<number> {
  const known = await Promise.all(but.map((oid) => resolveCommit(context, cwd, oid)));
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: [
      ...['rev-list', '--count', 'HEAD', '--not', '--branches', '--remotes', '--tags'],
      ...known.filter((oid) => oid !== undefined),
      '--',
    ],
  });
  return Number(stdout);
}
