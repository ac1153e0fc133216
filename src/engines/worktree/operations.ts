import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { shellArgv } from '#engines/core/shell.ts';
import { decodePath } from '#engines/git/bytes.ts';
import { gitWorktree } from '#engines/git/facts.ts';

// The target of each is the worktree: its `path` is the worktree's, and `repo` the main worktree's.

/** Byte paths, from the top of the worktree. */
const copyArgs = z.object({ files: z.array(z.string()) });

/** Copies files of the main worktree that are not there yet. */
export const worktreeCopy: Operation<typeof copyArgs> = operation({
  id: 'worktree.copy',
  args: copyArgs,
  effect: 'write',
  describe: ({ files }) => ({ summary: `copy ${shown(files)} from the main worktree`, commands: [] }),
  check: async () => (await import('./copy.ts')).checkCopy,
  apply: async () => (await import('./copy.ts')).applyCopy,
  midway: () => ({ [gitWorktree.id]: 'any' }),
  invert: (_, result) => [call(worktreeUncopy, z.parse(copyArgs, result))],
});

/** Deletes copies that are still the same as what they were copied from. */
export const worktreeUncopy: Operation<typeof copyArgs> = operation({
  id: 'worktree.uncopy',
  args: copyArgs,
  effect: 'destructive',
  describe: ({ files }) => ({
    summary: `delete ${shown(files)} where it is as it was copied`,
    commands: [],
  }),
  check: async () => (await import('./copy.ts')).checkUncopy,
  apply: async () => (await import('./copy.ts')).applyUncopy,
  midway: () => ({ [gitWorktree.id]: 'any' }),
  invert: (_, result) => [call(worktreeCopy, z.parse(copyArgs, result))],
});

const setupArgs = z.object({ command: z.string(), set: z.string(), branch: z.string() });

export const worktreeSetup: Operation<typeof setupArgs> = operation({
  id: 'worktree.setup',
  args: setupArgs,
  effect: 'write',
  describe: ({ command }, { name }) => ({
    summary: `set up the worktree of ${name}`,
    commands: [shellArgv(command)],
  }),
  check: async () => (await import('./setup.ts')).checkSetup,
  apply: async () => (await import('./setup.ts')).applySetup,
  midway: () => ({ [gitWorktree.id]: 'any' }),
});

/** Names that are shown of a long list. */
const MOST_SHOWN = 10;

function shown(files: readonly string[]): string {
  const names = files.slice(0, MOST_SHOWN).map((path) => decodePath(path) ?? path);
  const rest = files.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
