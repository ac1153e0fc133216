import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { logsInput } from '#engines/process/logs-input.ts';
import { detailSchema, logEventSchema } from '#engines/process/types.ts';
import { DIALECTS, healthText, RESTARTS } from './backend/template.ts';
import { backendSchema, inferEventSchema, workerHealthSchema, workerSchema } from './row.ts';

const some = () => texts({ description: 'Workers by name or pid', positional: true, completes: 'worker' });

const one = () =>
  field(z.string().check(z.minLength(1)), {
    description: 'Name of a worker, or its pid',
    positional: true,
    completes: 'worker',
  });

const all = () => flag({ description: 'All workers', short: 'a' });
const wait = () => flag({ description: 'End when it is ready, and not when it is accepted', short: 'w' });

export const workerSpawn = command({
  id: 'worker.spawn',
  summary: 'Start a model server for a backend and a model, and keep it running',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    backend: field(z.string().check(z.minLength(1)), {
      description: 'Template that it is started by',
      positional: true,
      completes: 'backend',
    }),
    model: field(z.optional(z.string().check(z.minLength(1))), {
      description: 'Path of a model, or its id in the model directory',
      short: 'm',
      completes: 'model',
    }),
    gpu: field(z._default(z.int().check(z.minimum(0), z.maximum(255)), 0), {
      description: 'Index of its GPU',
    }),
    port: field(z.optional(z.int().check(z.minimum(1), z.maximum(65_535))), {
      description: 'Port that it listens on; the next free one unless told',
    }),
    bind: field(z.optional(z.string().check(z.regex(/^[\w.:-]+$/))), {
      description: 'Address that it listens on; the loopback unless told',
    }),
    name: field(z.optional(z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/))), {
      description: 'Name; worker-BACKEND-GPU unless told',
    }),
    command: field(z.optional(z.string().check(z.minLength(1))), {
      description:
        'What the backend `command` runs; {model}, {port}, {bind}, {gpu}, {id}, {callback} are filled in',
    }),
    health: field(z.optional(healthText), {
      description: 'How it is found to be ready: a path on its port, tcp, or none',
    }),
    dialect: field(z.optional(z.enum(DIALECTS)), { description: 'How it is asked to infer' }),
    restart: field(z.optional(z.enum(RESTARTS)), {
      description: 'When it is started again by itself; never unless its backend says so',
    }),
    set: texts({ description: 'Variables for its environment, as NAME=value' }),
    wait: wait(),
    force: flag({ description: 'Also where memory or disk do not suffice' }),
  }),
  examples: [
    { title: 'Serve a model on a GPU', input: { backend: 'cuda', model: 'tinyllama', gpu: 1 } },
    {
      title: 'Serve with any program',
      input: { backend: 'command', command: 'sleep 1000', health: 'none', name: 'sleeper' },
    },
  ],
  output: z.object({
    worker: field(z.nullable(z.string()), {
      description: 'Name of the worker that was started, or runs already',
    }),
  }),
  plan: async () => (await import('./spawn.ts')).planSpawn,
  conclude: async () => (await import('./spawn.ts')).spawned,
});

export const workerStop = command({
  id: 'worker.stop',
  summary: 'Stop workers; they can be started again',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some(), all: all() }),
  examples: [
    { title: 'Stop a worker', input: { names: ['worker-cpu-0'] } },
    { title: 'Stop every worker', input: { all: true } },
  ],
  plan: async () => (await import('./stop.ts')).planStop,
});

export const workerRestart = command({
  id: 'worker.restart',
  summary: 'Stop workers and start them again as they were',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({ names: some(), all: all(), wait: wait() }),
  examples: [{ title: 'Load a model anew', input: { names: ['worker-cpu-0'] } }],
  plan: async () => (await import('./stop.ts')).planRestart,
});

export const workerRemove = command({
  id: 'worker.remove',
  summary: 'Stop workers and forget them; their logs stay',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some(), all: all() }),
  examples: [{ title: 'Be done with a worker', input: { names: ['worker-cpu-0'] } }],
  plan: async () => (await import('./stop.ts')).planRemove,
});

export const workerList = query({
  id: 'worker.list',
  summary: 'List workers with what they are doing',
  needsWorkspace: false,
  input: z.object({ names: some() }),
  output: z.object({ workers: z.array(workerSchema) }),
  examples: [{ title: 'See how every worker is', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const workerInspect = query({
  id: 'worker.inspect',
  summary: 'Show all that is known of one worker: how it is started, its runs, its last lines',
  needsWorkspace: false,
  input: z.object({
    name: one(),
    tail: field(z._default(z.int().check(z.minimum(0), z.maximum(10_000)), 20), {
      description: 'How many of its last lines',
      short: 'n',
    }),
  }),
  output: z.object({ worker: workerSchema, process: detailSchema, lines: z.array(logEventSchema) }),
  examples: [{ title: 'See why a worker is not well', input: { name: 'worker-cpu-0' } }],
  read: async () => (await import('./inspect.ts')).readWorkerInspect,
});

export const workerHealth = query({
  id: 'worker.health',
  summary: 'Ask workers how they are, now',
  needsWorkspace: false,
  network: true,
  input: z.object({ names: some() }),
  output: z.object({ health: z.array(workerHealthSchema) }),
  examples: [{ title: 'Ask every worker', input: {} }],
  read: async () => (await import('./health.ts')).readHealth,
  verdict: async () => (await import('./health.ts')).verdictOf,
});

export const workerBackends = query({
  id: 'worker.backends',
  summary: 'List backends, and whether their programs are on this machine',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ backends: z.array(backendSchema) }),
  examples: [{ title: 'See what can be spawned here', input: {} }],
  read: async () => (await import('./backends.ts')).readBackendList,
});

export const workerWatch = stream({
  id: 'worker.watch',
  summary: 'Keep the list of workers up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(workerSchema),
  shared: true,
  examples: [{ title: 'Watch workers load, serve and fail', input: {} }],
  follow: async () => (await import('./watch.ts')).watchWorkers,
});

export const workerLogs = stream({
  id: 'worker.logs',
  summary: 'Show what workers have written, by time',
  needsWorkspace: false,
  input: z.object({
    names: field(z.array(z.string()).check(z.minLength(1)), {
      description: 'Workers by name or pid',
      positional: true,
      completes: 'worker',
    }),
    ...logsInput(),
  }),
  event: logEventSchema,
  examples: [{ title: 'Show the last lines and go on', input: { names: ['worker-cpu-0'], follow: true } }],
  follow: async () => (await import('./logs.ts')).followWorkerLogs,
});

export const workerInfer = stream({
  id: 'worker.infer',
  summary: 'Ask a worker, and show its answer as it comes',
  needsWorkspace: false,
  network: true,
  input: z.object({
    name: one(),
    prompt: text({ description: 'What it is asked', short: 'p' }),
    promptFile: field(z.optional(z.string()), {
      description: 'File with what it is asked; - is what a shell pipes in',
      completes: 'file',
    }),
    maxTokens: field(z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 256), {
      description: 'How many tokens it may answer with',
    }),
    temperature: field(z._default(z.number().check(z.minimum(0), z.maximum(2)), 0.7), {
      description: 'How much chance is in the answer',
    }),
    seed: field(z.optional(z.int().check(z.minimum(0))), {
      description: 'Where that chance starts from: the same seed gives the same answer',
    }),
    chat: flag({ description: 'As a message of a chat, where the dialect knows both' }),
  }),
  event: inferEventSchema,
  examples: [
    {
      title: 'Ask a worker',
      input: { name: 'worker-cpu-0', prompt: 'Why is the sky blue?', maxTokens: 50 },
    },
  ],
  follow: async () => (await import('./infer/infer.ts')).infer,
});
