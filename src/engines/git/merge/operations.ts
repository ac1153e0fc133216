import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { gitMove } from '../branch/operations.ts';
import { gitBranch, gitChanges, gitHead } from '../facts.ts';
import { oid } from '../oid.ts';

import * as argv from './argv.ts';

/** What becomes of a merge with conflicts: it is aborted, or left for a person to resolve. */
const onConflict = () => z.enum(['abort', 'leave']);

/** What a failure goes back to: the branch or commit from which an earlier step of the plan has switched. */
const back = () => z._default(z.nullable(z.string()), null);

const mergeArgs = z.object({
  name: z.string(),
  /** Its full name: `refs/heads/feature/login`. */
  ref: z.string(),
  /** Null for the commit that the name stands for by then, where earlier steps of the plan move it. */
  oid: z.nullable(oid()),
  into: z.string(),
  from: oid(),
  manner: z.enum(['no-ff', 'ff', 'squash']),
  message: z.nullable(z.string()),
  /** The first line of what is said of a squash without a message, before all its commits; null for git's own words. */
  heading: z._default(z.nullable(z.string()), null),
  sign: z.boolean(),
  onConflict: onConflict(),
  back: back(),
  /** A merge that is left is noted for git-flow, which goes on with it then. */
  note: z._default(z.boolean(), false),
});

const movedSchema = z.object({ from: oid(), to: oid() });

/** Merges into the branch that is checked out at the target; the working tree has no changes. */
export const gitMerge: Operation<typeof mergeArgs> = operation({
  id: 'git.merge',
  args: mergeArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `${args.manner === 'squash' ? 'squash' : 'merge'} ${args.name} into ${args.into}`,
    commands: [['git', ...argv.mergeArgs(args)], ...(args.manner === 'squash' ? squashCommands(args) : [])],
  }),
  check: async () => (await import('./merge.ts')).checkMerge,
  apply: async () => (await import('./merge.ts')).applyMerge,
  midway: () => ({ [gitChanges.id]: 'any' }),
  invert: (_, result) => takeBack(z.parse(movedSchema, result)),
});

function squashCommands(args: z.output<typeof mergeArgs>): string[][] {
  const log = args.heading === null ? [] : [['git', ...argv.squashedArgs(args)]];
  return [...log, ['git', ...argv.squashArgs(args)]];
}

const rebaseArgs = z.object({
  branch: z.string(),
  from: oid(),
  /** The name and the commit that it is rebased on. */
  base: z.string(),
  onto: oid(),
  onConflict: onConflict(),
  back: back(),
});

/** Rebases the branch that is checked out at the target; the working tree has no changes. */
export const gitRebase: Operation<typeof rebaseArgs> = operation({
  id: 'git.rebase',
  args: rebaseArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `rebase ${args.branch} on ${args.base}`,
    commands: [['git', ...argv.rebaseArgs(args)]],
  }),
  check: async () => (await import('./rebase.ts')).checkRebase,
  apply: async () => (await import('./rebase.ts')).applyRebase,
  midway: () => ({ [gitChanges.id]: 'any', [gitBranch.id]: ['detached'], [gitHead.id]: 'any' }),
  invert: (_, result) => takeBack(z.parse(movedSchema, result)),
});

function takeBack({ from, to }: z.output<typeof movedSchema>) {
  return from === to ? [] : [call(gitMove, { from: to, to: from })];
}
