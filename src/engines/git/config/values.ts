import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { ask } from '../ask.ts';
import { placeOf } from '../observe.ts';

/** Values by key, as git itself resolves them for a repository, or of its own file alone; of a key that stands twice the last. */
export async function readConfig(
  context: Context,
  cwd: string,
  pattern: string,
  ...scope: '--local'[]
): Promise<Map<string, string>> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['config', ...scope, '--null', '--get-regexp', pattern],
    answers: [0, 1],
  });
  return new Map(
    stdout
      .split('\0')
      .filter(Boolean)
      .map((record) => {
        const end = record.indexOf('\n');
        return end === -1 ? [record, 'true'] : [record.slice(0, end), record.slice(end + 1)];
      }),
  );
}

/** Of the repository's own file; nothing where it is not set there. */
export async function readOwnValue(context: Context, cwd: string, key: string): Promise<string | undefined> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['config', '--local', '--null', '--get', '--end-of-options', key],
    answers: [0, 1],
  });
  return stdout === '' ? undefined : stdout.slice(0, -1);
}

export async function readConfigFact(
  { key }: { key: string },
  target: Target,
  context: Context,
): Promise<string> {
  return (await readOwnValue(context, placeOf(target), key)) ?? 'absent';
}
