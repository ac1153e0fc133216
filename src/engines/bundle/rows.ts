import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { PHASES } from '#engines/process/status.ts';
import { workerSchema } from '#engines/worker/row.ts';

export const KINDS = ['model', 'hub', 'ollama', 'whisper', 'command'] as const;
export const ITEM_STATES = ['there', 'partial', 'downloading', 'absent', 'unknown'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

const bundle = () => field(z.string(), { description: 'Id of its bundle', column: 'BUNDLE' });
const item = () => field(z.string(), { description: 'What it is called', column: 'ITEM' });
const kind = () => field(z.enum(KINDS), { description: 'Where it is from', column: 'KIND' });
const doubt = () =>
  field(z.nullable(z.string()), { description: 'What nobody has verified', column: 'DOUBT' });

/** A bundle in a list. */
export const bundleSchema = z.object({
  id: field(z.string(), { description: 'Id', column: 'BUNDLE' }),
  name: field(z.string(), { description: 'Name for people', column: 'NAME' }),
  items: field(z.number(), { description: 'How many items it has', column: 'ITEMS' }),
  workers: field(z.number(), { description: 'How many workers it starts', column: 'WORKERS' }),
  source: field(z.enum(['shipped', 'user', 'workspace']), { description: 'Who brings it', column: 'SOURCE' }),
  description: field(z.nullable(z.string()), { description: 'What it is good for', column: 'DESCRIPTION' }),
});

export type BundleRow = z.infer<typeof bundleSchema>;

export const definedItemSchema = z.object({ item: item(), kind: kind(), doubt: doubt() });
export type DefinedItem = z.infer<typeof definedItemSchema>;

const { backend, gpu, port, pid, why } = workerSchema.shape;

const started = {
  worker: field(z.string(), { description: 'Name of the worker', column: 'WORKER' }),
  backend: field(z.clone(backend), { description: 'Template that it is started by', column: 'BACKEND' }),
  model: field(z.nullable(z.string()), { description: 'Model that it is to serve', column: 'MODEL' }),
  gpu,
};

export const definedWorkerSchema = z.object({
  ...started,
  port: field(z.nullable(z.number()), { description: 'Port; null where it is the next free one' }),
  command: field(z.array(z.string()), {
    description: 'What the bundle itself has it run; else its backend says',
  }),
});
export type DefinedWorker = z.infer<typeof definedWorkerSchema>;

/** How an item is on this machine. */
export const itemSchema = z.object({
  ...{ bundle: bundle(), item: item(), kind: kind() },
  state: field(z.enum(ITEM_STATES), { description: 'Whether it is here', column: 'STATE' }),
  why: field(z.nullable(z.string()), { description: 'Why it is not', column: 'WHY' }),
});

export type ItemRow = z.infer<typeof itemSchema>;

/** How a worker of a bundle is. */
export const bundleWorkerSchema = z.object({
  ...{ bundle: bundle(), ...started, port, pid },
  state: field(z.enum([...PHASES, 'absent']), {
    description: 'Where it is; absent where it was never started',
    column: 'STATE',
  }),
  why,
});

export type BundleWorker = z.infer<typeof bundleWorkerSchema>;
