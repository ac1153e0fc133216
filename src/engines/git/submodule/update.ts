import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { type ConfigChange, recordConfigChange } from '../config/change.ts';
import { readHead } from '../observe.ts';
import { git } from '../run.ts';
import { type Updating, updateArgs } from './argv.ts';
import { aroundOf, submoduleNow } from './observe.ts';

type Update = Application<Updating & { missing: boolean }>;

/** Updating again is as good as having updated: git refuses to go over edits. */
export async function checkUpdate(): Promise<undefined> {
  return undefined;
}

/** The repository around it keeps its address in its configuration, which undo puts back too. */
export async function applyUpdate({ args, target }: Update, context: Context): Promise<Applied> {
  const cwd = aroundOf(target, args.path);
  const config: ConfigChange | null = await recordConfigChange(cwd, async () => {
    for (const words of updateArgs(args)) {
      await git(context, { cwd, mode: 'network', target: target.name, args: words });
    }
  });
  const head = await readHead({}, target, context);
  return {
    summary: `HEAD is detached at ${head.slice(0, 10)}`,
    result: { config },
    leaves: await submoduleNow(context, target),
  };
}
