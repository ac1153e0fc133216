import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { ask } from '../ask.ts';
import { placeOf } from '../observe.ts';

/** Object id of the tag itself; nothing where there is none. */
export async function readTag(context: Context, cwd: string, tag: string): Promise<string | undefined> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/tags/${tag}`],
    answers: [0, 1],
  });
  return stdout.trim() || undefined;
}

export async function readTagFact(
  { tag }: { tag: string },
  target: Target,
  context: Context,
): Promise<string> {
  return (await readTag(context, placeOf(target), tag)) ?? 'absent';
}
