import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { git } from '../run.ts';
import { lockArgs, unlockArgs } from './argv.ts';
import { gitWorktreeLocked } from './facts.ts';
import { administrationOf } from './observe.ts';
import { mainOf } from './place.ts';

type Locking = Application<{ reason: string }>;

export async function checkLock({ args, target }: Locking): Promise<Applied | undefined> {
  return administrationOf(target)?.locked === args.reason ? locked(args) : undefined;
}

export async function applyLock({ args, target }: Locking, context: Context): Promise<Applied> {
  await git(context, {
    cwd: mainOf(target),
    mode: 'write',
    target: target.name,
    args: lockArgs(args, target),
  });
  return locked(args);
}

export async function checkUnlock({ target }: Locking): Promise<Applied | undefined> {
  return administrationOf(target)?.locked === null ? unlocked() : undefined;
}

export async function applyUnlock({ target }: Locking, context: Context): Promise<Applied> {
  await git(context, {
    cwd: mainOf(target),
    mode: 'write',
    target: target.name,
    args: unlockArgs(target),
  });
  return unlocked();
}

function locked({ reason }: { reason: string }): Applied {
  return { summary: 'locked', leaves: [expect(gitWorktreeLocked, {}, `locked: ${reason}`)] };
}

function unlocked(): Applied {
  return { summary: 'unlocked', leaves: [expect(gitWorktreeLocked, {}, 'none')] };
}
