import * as z from 'zod/mini';
import { activitySchema } from '#engines/activity/types.ts';
import { command, query } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';

const id = (description: string) =>
  field(z.optional(z.string()), { description, positional: true, completes: 'activity' });

export const undo = command({
  id: 'undo',
  summary: 'Take back an action: what it changed, moved or discarded comes back',
  needsWorkspace: false,
  rerun: 'once',
  effects: ['destructive'],
  input: z.object({ id: id('Activity to take back; the newest one of this workspace by default') }),
  examples: [
    { title: 'Take back what was done last', input: {} },
    { title: 'Take back one activity and leave the later ones', input: { id: '12' } },
  ],
  plan: async () => (await import('./undo.ts')).planUndo,
});

export const redo = command({
  id: 'redo',
  summary: 'Take back an undo',
  needsWorkspace: false,
  rerun: 'once',
  effects: ['destructive'],
  input: z.object({ id: id('Undo to take back; the newest one of this workspace by default') }),
  examples: [{ title: 'Do again what was taken back last', input: {} }],
  plan: async () => (await import('./undo.ts')).planRedo,
});

export const undoList = query({
  id: 'undo.list',
  summary: 'List what can be taken back, newest first',
  needsWorkspace: false,
  input: z.object({
    limit: field(z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 20), {
      description: 'How many at the most',
      short: 'n',
    }),
  }),
  output: z.object({ activities: z.array(activitySchema) }),
  examples: [{ title: 'Show the last five things that can be taken back', input: { limit: 5 } }],
  read: async () => (await import('./undo.ts')).readUndoable,
});

export const undoPrune = command({
  id: 'undo.prune',
  summary: 'Forget snapshots and removed files that are older or larger than the settings keep',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({
    all: flag({ description: 'Forget every snapshot and every removed file of the workspace' }),
  }),
  examples: [{ title: 'Forget what the settings no longer keep', input: {} }],
  plan: async () => (await import('./prune.ts')).planPrune,
});

export const resume = command({
  id: 'resume',
  summary: 'Continue an action whose process died or that was cancelled',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  effects: ['destructive', 'outward'],
  input: z.object({
    id: field(z.string(), { description: 'Activity to continue', positional: true, completes: 'activity' }),
  }),
  examples: [{ title: 'Finish what a lost connection or a crash broke off', input: { id: '14' } }],
  plan: async () => (await import('./resume.ts')).planResume,
});
