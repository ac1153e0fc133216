import { basename } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { gitRef } from '#engines/git/facts.ts';
import { headNow } from '#engines/git/leaves.ts';
import { readBranch, readHead } from '#engines/git/observe.ts';
import { flowError } from '../errors.ts';
import type { Script } from './argv.ts';
import { complaintOf, runScript } from './run.ts';

type Hooking = Application<Script & { when: 'pre' | 'post'; again: string }>;

/** Nobody can tell how far it came, and git-flow would run it anew too. */
export async function checkHook(): Promise<undefined> {
  return undefined;
}

/** One that runs before may refuse; of one that runs after it is told that it failed. */
export async function applyHook({ args, target }: Hooking, context: Context): Promise<Applied> {
  const name = basename(args.file);
  const before = await standing(context, target);
  const complaint = complaintOf(name, await runScript(context, target, args));
  if (complaint !== undefined && args.when === 'pre') {
    throw flowError('flow-hook-refused', `${target.name}: ${complaint}.`, { next: [args.again] });
  }
  const after = await standing(context, target);
  const moved = after.branch === before.branch && after.head !== before.head;
  return {
    summary: complaint ?? `ran ${name}`,
    result: {
      complaint: complaint ?? null,
      moved: moved ? { from: before.head, to: after.head } : null,
    },
    leaves: moved ? await leaves(context, target, after) : [],
  };
}

interface Standing {
  branch: string;
  head: string;
}

async function standing(context: Context, target: Target): Promise<Standing> {
  const [branch, head] = await Promise.all([readBranch({}, target, context), readHead({}, target, context)]);
  return { branch, head };
}

async function leaves(context: Context, target: Target, { branch, head }: Standing) {
  return [...(await headNow(context, target)), expect(gitRef, { ref: `refs/heads/${branch}` }, head)];
}
