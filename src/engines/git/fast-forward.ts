import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { mergeArgs } from './argv.ts';
import { asJson, readArrival, summaryOf } from './arrival.ts';
import { headNow } from './leaves.ts';
import { placeOf, readBranch, resolveCommit } from './observe.ts';
import { git } from './run.ts';

type Forwarding = Application<{ branch: string }>;

/** It happened if the branch is its upstream; the reflog tells where it was before. */
export async function checkFastForward(
  { args, target }: Forwarding,
  context: Context,
): Promise<Applied | undefined> {
  const cwd = placeOf(target);
  if ((await readBranch({}, target, context)) !== args.branch) return undefined;
  const [head, upstream] = await Promise.all([
    resolveCommit(context, cwd, 'HEAD'),
    resolveCommit(context, cwd, '@{upstream}'),
  ]);
  if (!head || head !== upstream) return undefined;
  return forwarded(target, context, { from: (await commitBefore(context, cwd)) ?? head, to: head });
}

export async function applyFastForward({ target }: Forwarding, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const from = (await resolveCommit(context, cwd, 'HEAD')) ?? '';
  await git(context, { cwd, mode: 'write', target: target.name, args: mergeArgs() });
  const to = (await resolveCommit(context, cwd, 'HEAD')) ?? '';
  return forwarded(target, context, { from, to });
}

async function forwarded(
  target: Target,
  context: Context,
  { from, to }: { from: string; to: string },
): Promise<Applied> {
  const arrival = await readArrival(context, placeOf(target), from, to);
  return { summary: summaryOf(arrival), result: asJson(arrival), leaves: await headNow(context, target) };
}

/** Where HEAD was before its newest move, if that was this fast-forward. */
async function commitBefore(context: Context, cwd: string): Promise<string | undefined> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['log', '--walk-reflogs', '--max-count=1', '--format=%gs', 'HEAD', '--'],
  });
  const isOurs = /^merge @\{upstream\}: Fast-forward$/.test(stdout.trim());
  return isOurs ? resolveCommit(context, cwd, 'HEAD@{1}') : undefined;
}
