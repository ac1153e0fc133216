import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';
import { concludedSchema, runDetailSchema, runRowSchema } from './rows.ts';

export const pipelineRun = command({
  id: 'pipeline.run',
  summary: 'Run a flow of an artifact to its end, with every artifact that it runs',
  needsWorkspace: false,
  network: true,
  rerun: 'once',
  effects: ['destructive', 'outward'],
  input: z.object({
    artifact: field(z.string().check(z.minLength(1)), {
      description: 'A .jos file, or the name of one in ~/.jos/artifacts',
      positional: true,
      completes: 'file',
    }),
    flow: field(z._default(z.string().check(z.minLength(1)), 'main'), { description: 'Which of its flows' }),
    insecure: flag({ description: 'Run it knowing that a signature does not hold' }),
  }),
  output: concludedSchema,
  examples: [
    { title: 'Run an artifact', input: { artifact: 'hello.jos' } },
    {
      title: 'Run one that was changed since it was signed',
      input: { artifact: 'hello.jos', insecure: true },
    },
  ],
  plan: async () => (await import('./plan/plan.ts')).planRun,
  conclude: async () => (await import('./conclude.ts')).concludeRun,
});

export const pipelineList = query({
  id: 'pipeline.list',
  summary: 'List runs, newest first, with what came of them',
  needsWorkspace: false,
  input: z.object({
    limit: field(z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 20), {
      description: 'How many at the most',
      short: 'n',
    }),
  }),
  output: z.object({ runs: z.array(runRowSchema) }),
  examples: [{ title: 'See how the last runs went', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const pipelineShow = query({
  id: 'pipeline.show',
  summary: 'Show what happened in a run, event by event',
  needsWorkspace: false,
  input: z.object({
    run: field(z.optional(z.string().check(z.minLength(1))), {
      description: 'Identifier of a run, or the beginning of it; the newest unless told',
      positional: true,
    }),
  }),
  output: runDetailSchema,
  examples: [{ title: 'See what happened in the newest run', input: {} }],
  read: async () => (await import('./show.ts')).readShow,
});
