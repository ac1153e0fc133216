import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import type { Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { decodePath } from '#engines/git/bytes.ts';
import { gitError } from '#engines/git/errors.ts';
import { filesInTheWay } from '#engines/git/in-the-way.ts';
import { mergeConflict } from '#engines/git/merge/conflict.ts';
import type { Forecast } from '#engines/git/merge/forecast.ts';
import { flowError } from '../errors.ts';
import { type FlowState, placeOfBranch } from '../state.ts';

/** What is merged next: by name, and by the commit where it is known before. */
export interface Source {
  name: string;
  ref: string;
  /** Null where an earlier step of the plan makes it. */
  oid: string | null;
  /** The commit that stands for it in forecasts. */
  stand: string;
}

/** Files that are not tracked and that the merge would write. */
export async function requireRoom(
  context: Context,
  { repo }: FlowState,
  { path }: Target,
  tree: string,
): Promise<void> {
  const [first] = await filesInTheWay(context, path as string, tree);
  if (first === undefined) return;
  const file = decodePath(first) ?? first;
  throw gitError(
    'changes-in-the-way',
    `${repo.name}: ${file} is not tracked in ${path}, and the merge has one.`,
    {
      next: [
        `ls -l ${quote(`${path}/${file}`)}`,
        `gantry repo stash --untracked --repos ${quote(repo.name)}`,
      ],
    },
  );
}

/** git merges only what has a commit in common. */
export async function requireRelated(
  context: Context,
  { repo }: FlowState,
  { into, source }: { into: string; source: Source },
): Promise<void> {
  const { exitCode } = await ask(context, {
    cwd: repo.path,
    args: ['merge-base', '--end-of-options', `refs/heads/${into}`, source.stand],
    answers: [0, 1],
  });
  if (exitCode === 0) return;
  throw flowError('flow-unrelated', `${repo.name}: ${source.name} and ${into} have no commit in common.`, {
    next: [`git -C ${quote(repo.path)} log --oneline --graph ${quote(source.name)} ${quote(into)} --`],
  });
}

/** A branch that was squashed before has nothing that is missing, though none of its commits are there. */
export async function isSame(
  context: Context,
  cwd: string,
  { tree }: Forecast,
  oid: string,
): Promise<boolean> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['rev-parse', '--verify', '--end-of-options', `${oid}^{tree}`],
  });
  return stdout.trim() === tree;
}

/** What a forecast says, before anything is begun; it is resolved on the flow branch. */
export function forecastConflict(
  state: FlowState,
  { into, source, branch }: { into: string; source: Source; branch: string },
  { files }: Forecast,
): GantryError {
  const { target } = placeOfBranch(state, branch) ?? state.home;
  return mergeConflict(target, { name: source.name, branch, into, onConflict: 'abort' }, { files });
}
