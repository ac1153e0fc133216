import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { ask } from '../ask.ts';
import { gitRef } from '../facts.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { refOf } from './create.ts';

type Forwarding = Application<{ branch: string; to: string }>;
type Putting = Application<{ branch: string; from: string; to: string }>;

/** Where it was before is in the reflog alone: going on from the one that it is at now changes nothing. */
export async function checkForward(): Promise<undefined> {
  return undefined;
}

/** git's own fetch refuses what is no fast-forward, and a branch that is checked out. */
export async function applyForward({ args, target }: Forwarding, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const ref = refOf(args.branch);
  const from = (await resolveCommit(context, cwd, ref)) as string;
  await git(context, {
    cwd,
    mode: 'write',
    target: target.name,
    args: ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '.', `refs/remotes/${args.to}:${ref}`],
  });
  const to = (await resolveCommit(context, cwd, ref)) as string;
  return moved(args.branch, { from, to }, await countBetween(context, cwd, from, to));
}

export async function checkPut({ args, target }: Putting, context: Context): Promise<Applied | undefined> {
  const at = await resolveCommit(context, placeOf(target), refOf(args.branch));
  return at === args.to ? moved(args.branch, args) : undefined;
}

export async function applyPut({ args, target }: Putting, context: Context): Promise<Applied> {
  await git(context, {
    cwd: placeOf(target),
    mode: 'write',
    target: target.name,
    args: ['update-ref', '-m', 'gantry: put', refOf(args.branch), args.to, args.from],
  });
  return moved(args.branch, args);
}

async function countBetween(context: Context, cwd: string, from: string, to: string): Promise<number> {
  const { stdout } = await ask(context, { cwd, args: ['rev-list', '--count', `${from}..${to}`, '--'] });
  return Number(stdout);
}

function moved(branch: string, { from, to }: { from: string; to: string }, commits?: number): Applied {
  const count = commits === undefined ? '' : `, ${commits} commit${commits === 1 ? '' : 's'}`;
  return {
    summary: from === to ? `${branch} is up to date` : `${branch} is now at ${to.slice(0, 10)}${count}`,
    result: { from, to },
    leaves: [expect(gitRef, { ref: refOf(branch) }, to)],
  };
}
