import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field, flag, texts } from '#engines/core/fields.ts';
import {
  bundleSchema,
  bundleWorkerSchema,
  definedItemSchema,
  definedWorkerSchema,
  itemSchema,
} from './rows.ts';

const some = () =>
  field(z.array(z.string()).check(z.minLength(1)), {
    description: 'Ids of bundles',
    positional: true,
    completes: 'bundle',
  });

export const bundleList = query({
  id: 'bundle.list',
  summary: 'List bundles: named sets of models, with the workers that serve them',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ bundles: z.array(bundleSchema) }),
  examples: [{ title: 'See what can be pulled and started as one', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const bundleShow = query({
  id: 'bundle.show',
  summary: 'Show what a bundle is made of, and which workers it starts',
  needsWorkspace: false,
  input: z.object({
    id: field(z.string().check(z.minLength(1)), {
      description: 'Id of a bundle',
      positional: true,
      completes: 'bundle',
    }),
  }),
  output: z.object({
    bundle: bundleSchema,
    items: z.array(definedItemSchema),
    workers: z.array(definedWorkerSchema),
  }),
  examples: [{ title: 'See what comes with a bundle', input: { id: 'whisper-large' } }],
  read: async () => (await import('./list.ts')).readShow,
});

export const bundleStatus = query({
  id: 'bundle.status',
  summary: 'Show which items of bundles are here, and which of their workers run',
  needsWorkspace: false,
  network: true,
  input: z.object({
    ids: texts({
      description: 'Ids of bundles; all of them unless told',
      positional: true,
      completes: 'bundle',
    }),
  }),
  output: z.object({ items: z.array(itemSchema), workers: z.array(bundleWorkerSchema) }),
  examples: [{ title: 'See what a bundle still lacks', input: { ids: ['whisper-large'] } }],
  read: async () => (await import('./status.ts')).readStatus,
});

export const bundlePull = command({
  id: 'bundle.pull',
  summary: 'Bring the models of bundles here: from the hub by downloads, and those of Ollama by its server',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  input: z.object({
    ids: some(),
    wait: flag({ description: 'End when every download is whole, and not when it is accepted', short: 'w' }),
  }),
  examples: [{ title: 'Have everything that a bundle needs', input: { ids: ['whisper-large'], wait: true } }],
  plan: async () => (await import('./pull.ts')).planPull,
});

export const bundleStart = command({
  id: 'bundle.start',
  summary: 'Start the workers of bundles in their order, each when the one before it is ready',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ ids: some(), force: flag({ description: 'Also where memory or disk do not suffice' }) }),
  examples: [{ title: 'Serve a bundle', input: { ids: ['whisper-large'] } }],
  plan: async () => (await import('./start.ts')).planStart,
});

export const bundleStop = command({
  id: 'bundle.stop',
  summary: 'Stop the workers of bundles, the last one first; their models stay',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ ids: some() }),
  examples: [{ title: 'Have the GPU for something else', input: { ids: ['whisper-large'] } }],
  plan: async () => (await import('./start.ts')).planStop,
});
