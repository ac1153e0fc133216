import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { gitWorktreeLocked } from '#engines/git/facts.ts';
import { gitWorktreeLock, gitWorktreeUnlock } from '#engines/git/operations.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { memberAt } from './members.ts';
import { worktreePath, worktreeTarget } from './place.ts';
import { planMembers } from './plan-set.ts';

interface Input {
  name: string;
  repos: string[];
}

export function planLock({ reason = '', ...input }: Input & { reason?: string }, context: Context) {
  return planEachLock(input, context, (locked) =>
    locked === null ? { call: call(gitWorktreeLock, { reason }), is: 'none' } : 'is locked already',
  );
}

export function planUnlock(input: Input, context: Context) {
  return planEachLock(input, context, (locked) =>
    locked === null
      ? 'is not locked'
      : { call: call(gitWorktreeUnlock, { reason: locked }), is: `locked: ${locked}` },
  );
}

type Change = { call: ReturnType<typeof call>; is: string } | string;

async function planEachLock(
  { name, repos }: Input,
  context: Context,
  change: (locked: string | null) => Change,
): Promise<Draft> {
  const workspace = await readWorkspace(context);
  return planMembers(context, { workspace, repos, set: name }, async ({ repo }) => {
    const path = worktreePath(workspace, name, repo);
    const member = memberAt(workspace, repo, path);
    if (!member) return { settled: `has no worktree in ${name}` };
    const planned = change(member.administration.locked);
    if (typeof planned === 'string') return { settled: planned };
    const expects = [expect(gitWorktreeLocked, {}, planned.is)];
    return {
      steps: [{ id: `${repo.name}/1`, target: worktreeTarget(repo, path), expects, ...planned.call }],
    };
  });
}
