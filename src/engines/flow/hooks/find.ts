import { accessSync, constants, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { ask } from '#engines/git/ask.ts';
import { gitDirectories } from '#engines/git/directory.ts';
import { placeOf } from '#engines/git/observe.ts';
import type { FlowState } from '../state.ts';

/** Where git-flow looks for hooks and filters; where it was told nothing, where git itself looks for hooks. Absolute. */
export async function hooksDirectory(context: Context, { model, home }: FlowState): Promise<string> {
  const top = placeOf(home.target);
  const told = model.values.get('gitflow.path.hooks');
  if (told) return resolve(top, told);
  return resolve(top, (await ownHooks(context, top)) ?? join(gitDirectories(top)?.common ?? top, 'hooks'));
}

/** Where git looks for hooks, as its configuration says it; nothing where it says nothing. */
export async function ownHooks(context: Context, cwd: string): Promise<string | undefined> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['config', '--null', '--type=path', '--get', 'core.hooksPath'],
    answers: [0, 1],
  });
  return stdout.slice(0, -1) || undefined;
}

/** The file of a hook or filter; nothing where there is none that may be run. */
export function hookFile(directory: string, name: string): string | undefined {
  const file = join(directory, name);
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
