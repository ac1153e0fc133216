import type { Context } from '#engines/core/context.ts';
import { BACKGROUND_OPTIONS } from './background.ts';
import { type GitOutput, git } from './run.ts';
import { gitShells } from './shells.ts';

export interface Inquiry {
  cwd: string;
  args: readonly string[];
  /** Exit codes that are answers and no failures; `[0]` unless told. */
  answers?: readonly number[];
}

/** A question in front of a change may take its time, in milliseconds. */
const PATIENCE = 60_000;

/** A short read that changes nothing and takes no lock, in the pooled shells; asked anew where it fails, to say why. */
export async function ask(context: Context, { cwd, args, answers = [0] }: Inquiry): Promise<GitOutput> {
  context.signal.throwIfAborted();
  const pooled = await context
    .use(gitShells)
    .run({ path: cwd, args: [...BACKGROUND_OPTIONS, ...args], budget: PATIENCE });
  context.signal.throwIfAborted();
  if (answers.includes(pooled.exitCode)) return { ...pooled, stderr: '' };
  return git(context, { cwd, args, answers, mode: 'background' });
}
