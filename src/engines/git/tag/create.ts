import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { createArgs, type NewTag, shown } from './argv.ts';
import { gitTag } from './facts.ts';
import { readTag } from './read.ts';

type Tagging = Application<NewTag>;

export async function checkCreate({ args, target }: Tagging, context: Context): Promise<Applied | undefined> {
  const cwd = placeOf(target);
  const [tagged, at] = await Promise.all([
    resolveCommit(context, cwd, `refs/tags/${args.tag}`),
    resolveCommit(context, cwd, args.at),
  ]);
  return tagged !== undefined && tagged === at ? created({ args, target }, context) : undefined;
}

export async function applyCreate({ args, target }: Tagging, context: Context): Promise<Applied> {
  await git(context, {
    cwd: placeOf(target),
    mode: 'write',
    target: target.name,
    args: createArgs(args),
  });
  return created({ args, target }, context);
}

async function created(
  { args, target }: Pick<Tagging, 'args' | 'target'>,
  context: Context,
): Promise<Applied> {
  const oid = (await readTag(context, placeOf(target), args.tag)) as string;
  return {
    summary: `tagged ${shown(args.at)} as ${args.tag}`,
    result: { oid },
    leaves: [expect(gitTag, { tag: args.tag }, oid)],
  };
}
