import { basename } from 'node:path';
import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { oid } from '#engines/git/oid.ts';
import { gitMove } from '#engines/git/operations.ts';
import { scriptArgv } from './hooks/argv.ts';

const noteArgs = z.object({});

export const flowNoteClear: Operation<typeof noteArgs> = operation({
  id: 'flow.note.clear',
  args: noteArgs,
  effect: 'write',
  describe: () => ({ summary: "clear git-flow's note of an unfinished merge", commands: [] }),
  check: async () => (await import('./note.ts')).checkClear,
  apply: async () => (await import('./note.ts')).applyClear,
  // It told of a merge that is over.
  invert: () => [],
});

const hookArgs = z.object({
  /** Absolute path of the program. */
  file: z.string(),
  args: z.array(z.string()),
  when: z.enum(['pre', 'post']),
  main: z.string(),
  develop: z.string(),
  origin: z.string(),
  /** The command that comes back here, for whoever reads why it refused. */
  again: z.string(),
});
const hooked = z.object({ moved: z.nullable(z.object({ from: oid(), to: oid() })) });

/** Runs a hook of git-flow's. */
export const flowHook: Operation<typeof hookArgs> = operation({
  id: 'flow.hook',
  args: hookArgs,
  effect: 'write',
  describe: (args) => ({ summary: `run ${basename(args.file)}`, commands: [scriptArgv(args)] }),
  check: async () => (await import('./hooks/apply.ts')).checkHook,
  apply: async () => (await import('./hooks/apply.ts')).applyHook,
  // What it committed is taken back; what else it did is its own.
  invert: (_, result) => {
    const { moved } = z.parse(hooked, result);
    return moved === null ? [] : [call(gitMove, { from: moved.to, to: moved.from })];
  },
});
