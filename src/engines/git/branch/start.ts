import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { type ConfigChange, recordConfigChange } from '../config/change.ts';
import { gitRef } from '../facts.ts';
import { headNow } from '../leaves.ts';
import { placeOf, readBranch, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { startArgs, trackArgs } from './argv.ts';
import { refOf } from './create.ts';
import { despiteHook } from './despite-hook.ts';

type Starting = Application<{ branch: string; at: string; from: string }>;

/** git makes the branch before it moves HEAD: where HEAD is, both have happened. */
export async function checkStart({ args, target }: Starting, context: Context): Promise<Applied | undefined> {
  const [branch, at] = await Promise.all([
    readBranch({}, target, context),
    resolveCommit(context, placeOf(target), refOf(args.branch)),
  ]);
  if (branch !== args.branch || at === undefined) return undefined;
  const from = await resolveCommit(context, placeOf(target), args.at);
  return at === from ? started({ branch, at }, target, context) : undefined;
}

export function applyStart(application: Starting, context: Context): Promise<Applied> {
  const { args, target } = application;
  return despiteHook(
    async () => {
      await git(context, {
        cwd: placeOf(target),
        mode: 'write',
        target: target.name,
        args: startArgs(args),
      });
      const at = (await resolveCommit(context, placeOf(target), refOf(args.branch))) as string;
      return started({ branch: args.branch, at }, target, context);
    },
    () => checkStart(application, context),
  );
}

type Tracking = Application<{ branch: string; upstream: string; from: string }>;

export async function checkTrack({ args, target }: Tracking, context: Context): Promise<Applied | undefined> {
  return (await readBranch({}, target, context)) === args.branch ? tracked(args, target, context) : undefined;
}

export function applyTrack(application: Tracking, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  return despiteHook(
    async () => {
      const change = await recordConfigChange(cwd, () =>
        git(context, { cwd, mode: 'write', target: target.name, args: trackArgs(args) }),
      );
      return tracked(args, target, context, change);
    },
    () => checkTrack(application, context),
  );
}

async function tracked(
  { branch }: Tracking['args'],
  target: Target,
  context: Context,
  change: ConfigChange | null = null,
): Promise<Applied> {
  const at = (await resolveCommit(context, placeOf(target), refOf(branch))) as string;
  return { ...(await started({ branch, at }, target, context)), result: { at, change } };
}

async function started(
  { branch, at }: { branch: string; at: string },
  target: Target,
  context: Context,
): Promise<Applied> {
  return {
    summary: `on ${branch}, which is new at ${at.slice(0, 10)}`,
    result: { at },
    leaves: [...(await headNow(context, target)), expect(gitRef, { ref: refOf(branch) }, at)],
  };
}
