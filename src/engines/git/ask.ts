import { basename } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { BACKGROUND_OPTIONS } from './background.ts';
import { PATIENCE, silent } from './patience.ts';
import { type GitOutput, git } from './run.ts';
import { gitShells } from './shells.ts';

export interface Inquiry {
  cwd: string;
  args: readonly string[];
  /** Exit codes that are answers and no failures; `[0]` unless told. */
  answers?: readonly number[];
}

/**
 * A short read that changes nothing and takes no lock, in the pooled shells; asked anew where it fails, to say why. One
 * that takes too long has said why.
 */
export async function ask(context: Context, { cwd, args, answers = [0] }: Inquiry): Promise<GitOutput> {
  context.signal.throwIfAborted();
  const pooled = await context
    .use(gitShells)
    .run({ path: cwd, args: [...BACKGROUND_OPTIONS, ...args], budget: PATIENCE, signal: context.signal });
  context.signal.throwIfAborted();
  if (pooled.overBudget) throw silent({ name: basename(cwd), path: cwd, limit: PATIENCE });
  if (answers.includes(pooled.exitCode)) return { ...pooled, stderr: '' };
  return git(context, { cwd, args, answers, mode: 'background' });
}
