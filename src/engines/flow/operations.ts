import * as z from 'zod/mini';
import { type Operation, operation } from '#engines/core/operation.ts';

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
