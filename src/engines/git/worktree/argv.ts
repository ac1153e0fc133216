import type { Target } from '#engines/core/plan.ts';
import { placeOf } from '../observe.ts';

export function addArgs({ branch }: { branch: string }, target: Target): string[] {
  return ['worktree', 'add', '--quiet', '--', placeOf(target), branch];
}

export function lockArgs({ reason }: { reason: string }, target: Target): string[] {
  return ['worktree', 'lock', ...(reason === '' ? [] : [`--reason=${reason}`]), '--', placeOf(target)];
}

export function unlockArgs(target: Target): string[] {
  return ['worktree', 'unlock', '--', placeOf(target)];
}

export function repairArgs({ paths }: { paths: readonly string[] }): string[] {
  return ['worktree', 'repair', '--', ...paths];
}
