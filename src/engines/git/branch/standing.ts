import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { ask } from '../ask.ts';
import { placeOf } from '../observe.ts';

/** Commits that only the one and only the other has. */
export interface Standing {
  ahead: number;
  behind: number;
}

/** Null where one of the two is not there. */
export async function readStanding(
  context: Context,
  cwd: string,
  { ref, against }: { ref: string; against: string },
): Promise<Standing | null> {
  const { stdout, exitCode } = await ask(context, {
    cwd,
    args: ['rev-list', '--left-right', '--count', `${ref}...${against}`, '--'],
    answers: [0, 128],
  });
  if (exitCode !== 0) return null;
  const [ahead = 0, behind = 0] = stdout.trim().split('\t').map(Number);
  return { ahead, behind };
}

export async function readStandingFact(
  refs: { ref: string; against: string },
  target: Target,
  context: Context,
): Promise<string> {
  return standingWord(await readStanding(context, placeOf(target), refs));
}

export function standingWord(standing: Standing | null): 'none' | 'equal' | 'ahead' | 'behind' | 'diverged' {
  if (standing === null) return 'none';
  const { ahead, behind } = standing;
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'equal';
}

/** Whether all commits of one are in another. */
export async function isMerged(
  context: Context,
  cwd: string,
  { commit, into }: { commit: string; into: string },
): Promise<boolean> {
  const { exitCode } = await ask(context, {
    cwd,
    args: ['merge-base', '--is-ancestor', commit, into],
    answers: [0, 1],
  });
  return exitCode === 0;
}
