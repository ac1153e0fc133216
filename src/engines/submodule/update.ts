import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from '#engines/git/errors.ts';
import { gitSubmodule } from '#engines/git/facts.ts';
import { requireNoMerge } from '#engines/git/merge/conflict.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { gitSnapshot, gitSubmoduleUpdate } from '#engines/git/operations.ts';
import { commitsOnlyHere, countEdits, readSubmoduleFact } from '#engines/git/submodule/observe.ts';
import { requireKeepable } from '#engines/git/survey.ts';
import { counted } from '#engines/git/words.ts';
import type { Verdict } from '#engines/repo/choose.ts';
import { requireNothingInTheWay } from '#engines/repo/in-the-way.ts';
import { presenceOf } from '#engines/workspace/targets.ts';
import { type Chosen, planEach } from './choose.ts';
import { submoduleError } from './errors.ts';
import { requireDeclared } from './require.ts';
import type { Submodule } from './types.ts';

interface UpdateInput {
  submodules: string[];
  all: boolean;
  repos: string[];
  remote: boolean;
}

/** Each comes to the recorded commit, or to what the remote of its branch has; the submodules in it to what it records. */
export async function planUpdate(input: UpdateInput, context: Context): Promise<Draft> {
  const { submodules, all, repos, remote } = input;
  if (all === submodules.length > 0) {
    const message = all ? 'Submodules are named, and all are asked for.' : 'No submodule is named.';
    throw submoduleError('submodules-unnamed', message, {
      next: ['gantry submodule update --all', 'gantry submodule list'],
    });
  }
  return planEach(context, { submodules, repos }, (chosen, bounded) => planOne(bounded, chosen, remote));
}

async function planOne(context: Context, { repo, row, target }: Chosen, remote: boolean): Promise<Verdict> {
  requireDeclared(row);
  const missing = row.head === null;
  if (!missing && !remote && row.head === row.recorded) return { settled: settledOf(row.branch) };
  const place = target.path as string;
  if (missing) await requireRoom(row, place);
  else await requireSafe(context, { repo, row, target }, remote);
  const step = { target, expects: [expect(gitSubmodule, {}, await readSubmoduleFact({}, target, context))] };
  const snapshot = missing ? [] : [call(gitSnapshot, { ignored: false, also: [] })];
  if (!missing) await requireKeepable(context, place);
  const calls = [...snapshot, call(gitSubmoduleUpdate, { path: row.path, remote, missing })];
  return { steps: calls.map((one, index) => ({ id: `${row.id}/${index + 1}`, ...step, ...one })) };
}

function settledOf(branch: string | null): string {
  return branch === null ? 'at its recorded commit already' : `at its recorded commit already, on ${branch}`;
}

/** git clones only into a directory that is empty, or not there. */
async function requireRoom({ id }: Submodule, place: string): Promise<void> {
  if ((await presenceOf(place)) !== 'occupied') return;
  throw gitError('directory-occupied', `${id} is not checked out, and there are files at ${place}.`, {
    next: [`ls -la ${quote(place)}`],
  });
}

/** Refuses where edits or commits would be lost. */
async function requireSafe(context: Context, { row, target }: Chosen, remote: boolean): Promise<void> {
  const place = target.path as string;
  await requireNoMerge(place, target);
  const edits = await countEdits(context, place);
  const next = [`gantry submodule reset ${quote(row.path)} --repos ${quote(row.repo)}`];
  if (edits > 0) {
    throw submoduleError('submodule-dirty', `${row.id} has ${counted(edits, 'changed file')}.`, {
      next: [`git -C ${quote(place)} status`, ...next],
    });
  }
  const alone = row.branch === null ? await commitsOnlyHere(context, place, [row.recorded]) : 0;
  if (alone > 0) {
    throw submoduleError(
      'submodule-commits',
      `${row.id} has ${counted(alone, 'commit')} that no branch has.`,
      {
        next: [`git -C ${quote(place)} branch NAME`, ...next],
      },
    );
  }
  if (!remote && (await resolveCommit(context, place, row.recorded))) {
    await requireNothingInTheWay(context, { name: row.id, path: place, to: row.recorded, next });
  }
}
