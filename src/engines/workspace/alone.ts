import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application } from '#engines/core/operation.ts';
import { targetKey } from '#engines/core/plan.ts';
import { lock, unlock } from '#engines/store/locks.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { store } from '#engines/store/store.ts';
import { workspaceError } from './errors.ts';

/**
 * Changes a manifest while no other activity does. A step of the workspace has that lock already; a step of one repo, in
 * whose order its entry comes and goes with its clone, takes it for the moment.
 */
export async function alone<T>(
  { args, target, activity }: Application<{ file: string }>,
  context: Context,
  change: () => Promise<T>,
): Promise<T> {
  if (target.kind === 'workspace') return change();
  const opened = context.use(store);
  const key = targetKey({ kind: 'workspace', name: args.file, path: dirname(dirname(args.file)) });
  const self = ownIdentity();
  const holder = await lock(opened, { target: key, activity, process: self, signal: context.signal });
  if (holder) {
    throw workspaceError('manifest-unwritable', `Activity ${holder.activity} is changing ${args.file}.`, {
      next: [`gantry activity show ${holder.activity}`],
    });
  }
  try {
    return await change();
  } finally {
    unlock(opened, key, activity);
  }
}
