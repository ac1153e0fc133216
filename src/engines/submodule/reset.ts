import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { gitDirectories, operationInProgress } from '#engines/git/directory.ts';
import { gitSubmodule } from '#engines/git/facts.ts';
import { filesInTheWay } from '#engines/git/in-the-way.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { gitSnapshot, gitSubmoduleReset } from '#engines/git/operations.ts';
import { readSubmoduleFact } from '#engines/git/submodule/observe.ts';
import { isReset } from '#engines/git/submodule/reset.ts';
import { requireKeepable } from '#engines/git/survey.ts';
import type { Verdict } from '#engines/repo/choose.ts';
import { type Chosen, planEach } from './choose.ts';
import { submoduleError } from './errors.ts';
import { requireCheckedOut, requireDeclared } from './require.ts';

/** Snapshot, then tracked files as the recorded commit has them, HEAD detached there. Untracked files stay. */
export async function planReset(
  { submodules, repos }: { submodules: string[]; repos: string[] },
  context: Context,
): Promise<Draft> {
  if (submodules.length === 0) {
    throw submoduleError('submodules-unnamed', 'No submodule is named.', {
      next: ['gantry submodule status'],
    });
  }
  return planEach(context, { submodules, repos }, (chosen, bounded) => planOne(bounded, chosen));
}

async function planOne(context: Context, { row, target }: Chosen): Promise<Verdict> {
  requireDeclared(row);
  requireCheckedOut(row);
  const place = target.path as string;
  const to = row.recorded;
  const own = gitDirectories(place)?.own;
  const isBusy = own !== undefined && operationInProgress(own) !== null;
  if (!isBusy && (await isReset(context, target, to)))
    return { settled: 'detached at its recorded commit, unchanged' };
  await requireKeepable(context, place);
  const step = { target, expects: [expect(gitSubmodule, {}, await readSubmoduleFact({}, target, context))] };
  const also = (await resolveCommit(context, place, to)) ? await filesInTheWay(context, place, to) : [];
  return {
    steps: [
      { id: `${row.id}/1`, ...step, ...call(gitSnapshot, { ignored: false, also }) },
      { id: `${row.id}/2`, ...step, ...call(gitSubmoduleReset, { path: row.path, to }) },
    ],
  };
}
