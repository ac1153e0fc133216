import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { recordConfigChange } from '../config/change.ts';
import { gitRef } from '../facts.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { createArgs } from './argv.ts';

type Creating = Application<{ branch: string; at: string; upstream: string | null }>;

export async function checkCreate(
  { args, target }: Creating,
  context: Context,
): Promise<Applied | undefined> {
  const present = await resolveCommit(context, placeOf(target), refOf(args.branch));
  return present === args.at ? created(args) : undefined;
}

export async function applyCreate({ args, target }: Creating, context: Context): Promise<Applied> {
  const change = await recordConfigChange(placeOf(target), () => create(context, target, args));
  return { ...created(args), result: { change } };
}

export async function create(
  context: Context,
  target: Target,
  args: { branch: string; at: string; upstream: string | null },
): Promise<void> {
  await git(context, {
    cwd: placeOf(target),
    mode: 'write',
    target: target.name,
    args: createArgs(args),
  });
}

export function refOf(branch: string): string {
  return `refs/heads/${branch}`;
}

function created({ branch, at }: { branch: string; at: string }): Applied {
  return {
    summary: `created ${branch} at ${at.slice(0, 10)}`,
    leaves: [expect(gitRef, { ref: refOf(branch) }, at)],
  };
}
