import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { type Repointing, repointArgs } from './argv.ts';
import { indexNow } from './index-state.ts';
import { keepIndex, restoreIndex } from './keep-index.ts';

type Repoint = Application<Repointing & { kept: string }>;

/** What is done of it stays done when it is done again. */
export async function checkRepoint(): Promise<undefined> {
  return undefined;
}

/** The index of now is kept first, so that this can be taken back too. */
export async function applyRepoint(application: Repoint, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const kept = await keepIndex(context, application);
  const head = (await resolveCommit(context, cwd, 'HEAD')) ?? null;
  if (head !== args.to) {
    await git(context, { cwd, mode: 'write', target: target.name, args: repointArgs(args) });
  }
  await restoreIndex(context, target, args.kept);
  return {
    summary: args.to === null ? 'before the first commit' : `now at ${args.to.slice(0, 10)}`,
    result: { kept },
    leaves: await indexNow(context, target),
  };
}
