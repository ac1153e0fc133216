import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { gitHead, gitStored } from '../facts.ts';
import { oid } from '../oid.ts';
import * as argv from './argv.ts';
import { gitIndex } from './facts.ts';

const commitArgs = z.object({
  message: z.string(),
  /** Changed tracked files too, not only what is staged. */
  all: z.boolean(),
  /** The commit that it comes after; null for the first one. */
  from: z.nullable(oid()),
  /** Also where it changes nothing. */
  empty: z.optional(z.boolean()),
});

const committed = z.object({ oid: oid(), kept: oid() });

/** Commits as git itself does, with the hooks and the signing of the repository. The index before it stays kept for undo. */
export const gitCommit: Operation<typeof commitArgs> = operation({
  id: 'git.commit',
  args: commitArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `commit ${contentOf(args)}: ${subjectOf(args.message)}`,
    commands: [['git', ...argv.commitArgs(args)]],
  }),
  check: async () => (await import('./commit.ts')).checkCommit,
  apply: async () => (await import('./commit.ts')).applyCommit,
  invert: ({ from }, result) => {
    const { oid: to, kept } = z.parse(committed, result);
    return [call(gitRepoint, { from: to, to: from, kept })];
  },
});

const repointArgs = z.object({ from: z.nullable(oid()), to: z.nullable(oid()), kept: oid() });
const repointed = z.object({ kept: oid() });

/** Puts the branch at another commit and the index as it was kept; no file is touched. */
export const gitRepoint: Operation<typeof repointArgs> = operation({
  id: 'git.repoint',
  args: repointArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `put the branch ${args.to === null ? 'before its first commit' : `at ${args.to.slice(0, 10)}`}, and the index as it was`,
    commands: [['git', ...argv.repointArgs(args)]],
  }),
  check: async () => (await import('./repoint.ts')).checkRepoint,
  apply: async () => (await import('./repoint.ts')).applyRepoint,
  needs: ({ kept }) => [expect(gitStored, { oid: kept }, 'kept')],
  midway: ({ to }) => ({ [gitHead.id]: [to ?? 'unborn'], [gitIndex.id]: 'any' }),
  invert: ({ from, to }, result) => [
    call(gitRepoint, { from: to, to: from, kept: z.parse(repointed, result).kept }),
  ],
});

function contentOf({ all, empty }: { all: boolean; empty?: boolean }): string {
  if (all) return 'all changes of tracked files';
  return empty ? 'without any change' : 'what is staged';
}

function subjectOf(message: string): string {
  return message.trim().split('\n', 1)[0] ?? '';
}
