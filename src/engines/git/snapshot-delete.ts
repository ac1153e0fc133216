import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { placeOf } from './observe.ts';
import { deleteSnapshots } from './snapshots.ts';
import { counted } from './words.ts';

type Deletion = Application<{ refs: { ref: string; oid: string }[] }>;

/** Deleting again what is gone changes nothing. */
export async function checkDelete(): Promise<undefined> {
  return undefined;
}

export async function applyDelete({ args, target }: Deletion, context: Context): Promise<Applied> {
  await deleteSnapshots(context, { cwd: placeOf(target), target: target.name, refs: args.refs });
  return { summary: `${counted(args.refs.length, 'snapshot')} forgotten` };
}
