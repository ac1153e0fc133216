import { existsSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { readChanges } from '../changes.ts';
import { gitDirectories, operationInProgress } from '../directory.ts';
import { placeOf, readBranch, readHead, resolveCommit } from '../observe.ts';
import { gitWorktree } from './facts.ts';
import { readWorktrees } from './list.ts';
import { type Administration, administrationAt, listAdministrations, mainOf, realPlace } from './place.ts';

/** Characters of an object id or fingerprint: enough to tell, few enough to read. */
const SHOWN = 12;

export async function readWorktreeFact(_: object, target: Target, context: Context): Promise<string> {
  const path = placeOf(target);
  if (!existsSync(path)) return 'absent';
  const directories = gitDirectories(path);
  if (!directories || !existsSync(directories.own)) return 'no worktree';
  try {
    const [branch, head, changes] = await Promise.all([
      readBranch({}, target, context),
      readHead({}, target, context),
      readChanges({}, target, context),
    ]);
    const operation = operationInProgress(directories.own);
    const parts = [
      `${branch} at ${head.slice(0, SHOWN)}`,
      changes === 'clean' ? changes : `changed (${changes.slice(0, SHOWN)})`,
      operation && `${operation} in progress`,
      administrationAt(directories.own).locked !== null && 'locked',
    ];
    return parts.filter(Boolean).join(', ');
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (existsSync(path) && existsSync(directories.own)) throw thrown;
    return 'no worktree';
  }
}

/** The worktree as it is now. */
export async function worktreeIs(context: Context, target: Target): Promise<Expectation> {
  return expect(gitWorktree, {}, await readWorktreeFact({}, target, context));
}

export async function readBranchPlace(
  { branch }: { branch: string },
  target: Target,
  context: Context,
): Promise<string> {
  const main = mainOf(target);
  const oid = await resolveCommit(context, main, `refs/heads/${branch}`);
  if (oid === undefined) return 'absent';
  const place = (await readWorktrees(context, main)).find((one) => one.branch === branch);
  return place ? `${oid} at ${place.path}` : oid;
}

export async function readLockFact(_: object, target: Target): Promise<string> {
  const own = administrationOf(target);
  if (!own) return 'absent';
  return own.locked === null ? 'none' : `locked: ${own.locked}`;
}

/** What git keeps of the target's worktree, found from the repository: the worktree itself may be gone. */
export function administrationOf(target: Target): Administration | undefined {
  const place = realPlace(placeOf(target));
  return listAdministrations(mainOf(target)).find(
    ({ worktree }) => worktree !== null && realPlace(worktree) === place,
  );
}
