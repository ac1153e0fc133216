import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { decodePath } from '../bytes.ts';
import { listUntracked, readChanges } from '../changes.ts';
import { type ConfigChange, recordConfigChange, revertConfigChange } from '../config/change.ts';
import { gitError } from '../errors.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { deinitArgs } from './argv.ts';
import { aroundOf, isCheckedOut, submoduleNow } from './observe.ts';

type Removal = Application<{ path: string; config: ConfigChange | null }>;

/** Removing what is gone changes nothing, and the configuration is put back once more. */
export async function checkRemove(): Promise<undefined> {
  return undefined;
}

/** git also forgets the settings of a submodule that it takes away; those that were there before come back. */
export async function applyRemove({ args, target }: Removal, context: Context): Promise<Applied> {
  const place = placeOf(target);
  const cwd = aroundOf(target, args.path);
  if (isCheckedOut(place)) await refuseTouched(context, { place, target });
  const forgotten = await recordConfigChange(cwd, () =>
    git(context, { cwd, mode: 'write', target: target.name, args: deinitArgs(args) }),
  );
  for (const change of [forgotten, args.config]) if (change) await revertConfigChange(context, cwd, change);
  return { summary: 'not checked out any more', leaves: await submoduleNow(context, target) };
}

async function refuseTouched(
  context: Context,
  { place, target }: { place: string; target: Removal['target'] },
): Promise<void> {
  const changes = await readChanges({}, target, context);
  const [file] = await listUntracked(context, place, { ignored: true });
  if (changes === 'clean' && file === undefined) return;
  const what = file === undefined ? 'changes' : (decodePath(file) ?? file);
  throw gitError('clone-touched', `${target.name} has ${what}, which is in no commit.`, {
    next: [`git -C ${quote(place)} status --ignored`],
  });
}
