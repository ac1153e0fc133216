import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitDirectories } from '../directory.ts';
import { gitError } from '../errors.ts';
import { worktreeNow } from '../leaves.ts';
import { waitForLock } from '../locks.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { popArgs } from './argv.ts';
import { readStash } from './entries.ts';
import type { StashEntry } from './entry.ts';
import { keepEntry, listNow, readTaken } from './list.ts';
import { rollBack } from './roll-back.ts';

type Pop = Application<{ oid: string }>;

/** It happened if the entry is no longer listed; what was begun is taken back. */
export async function checkPop(application: Pop, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  const listed = (await readStash(context, cwd)).some(({ oid }) => oid === args.oid);
  const taken = await readTaken(application, context);
  if (!listed && taken) return popped(target, context, taken);
  await rollBack(application, context);
  return undefined;
}

export async function applyPop(application: Pop, context: Context): Promise<Applied> {
  const { target } = application;
  const cwd = placeOf(target);
  const taken = await keepEntry(application, context);
  const { exitCode, stderr, stdout } = await git(context, {
    cwd,
    mode: 'write',
    target: target.name,
    args: popArgs(),
    answers: [0, 1],
  });
  if (exitCode === 0) return popped(target, context, taken);
  await rollBack(application, context);
  throw conflict(target, `${stdout}\n${stderr}`);
}

function conflict(target: Target, said: string) {
  const cwd = placeOf(target);
  return gitError(
    'stash-conflict',
    `The newest of the stash of ${target.name} does not fit to what is there${filesIn(said)}.`,
    { next: [`git -C ${quote(cwd)} stash show --patch`, `git -C ${quote(cwd)} stash pop`] },
  );
}

/** The files that git names. */
function filesIn(said: string): string {
  const named = [
    ...said.matchAll(/^CONFLICT \([^)]*\): .* in (.+)$/gm),
    ...said.matchAll(/^\t(.+)$/gm),
    ...said.matchAll(/^(.+) already exists, no checkout$/gm),
  ].flatMap(([, file]) => file ?? []);
  return named.length === 0 ? '' : `: ${[...new Set(named)].slice(0, 5).join(', ')}`;
}

async function popped(
  target: Target,
  context: Context,
  taken: { entry: StashEntry; kept: string },
): Promise<Applied> {
  const [worktree, list] = await Promise.all([worktreeNow(context, target), listNow(context, target)]);
  return { summary: `brought back ${taken.entry.message}`, result: taken, leaves: [...worktree, ...list] };
}
