import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text } from '#engines/core/fields.ts';
import {
  gateEventSchema,
  healthSchema,
  inferenceSchema,
  modelSchema,
  routeSchema,
  statusSchema,
} from './types.ts';

const notEmpty = () => z.string().check(z.minLength(1));

const model = () => field(notEmpty(), { description: 'Name of a model', positional: true });

/** Which gateway is asked, and how long it is waited for. */
const gateway = () => ({
  url: text({
    description: 'Address of the gateway; MODELGATE_URL, [gate] of the workspace or the setting unless told',
  }),
  within: field(z.optional(z.number().check(z.minimum(0.001), z.maximum(86_400))), {
    description: 'How long it may take to answer; 30 unless something else is set',
    unit: 'seconds',
  }),
});

export const gateStatus = query({
  id: 'gate.status',
  summary: "Show which gateway is asked, how it is, and the daemon's own",
  needsWorkspace: false,
  network: true,
  input: z.object(gateway()),
  output: statusSchema,
  examples: [{ title: 'See whether a gateway answers', input: {} }],
  read: async () => (await import('./status.ts')).readStatus,
  verdict: async () => (await import('./status.ts')).verdict,
});

export const gateHealth = query({
  id: 'gate.health',
  summary: 'Ask a gateway how it is',
  needsWorkspace: false,
  network: true,
  input: z.object(gateway()),
  output: healthSchema,
  examples: [{ title: 'Ask the gateway', input: {} }],
  read: async () => (await import('./status.ts')).readHealth,
});

export const gateModelsList = query({
  id: 'gate.models.list',
  summary: 'List the models of a gateway',
  needsWorkspace: false,
  network: true,
  input: z.object(gateway()),
  output: z.object({ models: z.array(modelSchema) }),
  examples: [{ title: 'See what can be asked', input: {} }],
  read: async () => (await import('./models.ts')).readModels,
});

export const gateModelsAdd = command({
  id: 'gate.models.add',
  summary: 'Send a file to a gateway, which keeps it as a model',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  effects: ['outward'],
  input: z.object({
    path: field(notEmpty(), { description: 'File of the model', positional: true, completes: 'file' }),
    name: field(z.optional(notEmpty()), {
      description: 'Name; that of the file without its end unless told',
    }),
    ...gateway(),
  }),
  output: z.object({ model: field(z.nullable(modelSchema), { description: 'The model, if it was sent' }) }),
  examples: [{ title: 'Register a model', input: { path: 'phi3.gguf' } }],
  plan: async () => (await import('./models.ts')).planAdd,
  conclude: async () => (await import('./models.ts')).added,
});

export const gateModelsRemove = command({
  id: 'gate.models.remove',
  summary: 'Have a gateway delete a model',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  effects: ['destructive', 'outward'],
  input: z.object({ name: model(), ...gateway() }),
  examples: [{ title: 'Be done with a model', input: { name: 'tiny' } }],
  plan: async () => (await import('./models.ts')).planRemove,
});

export const gateRoutesList = query({
  id: 'gate.routes.list',
  summary: 'List where requests for models go',
  needsWorkspace: false,
  network: true,
  input: z.object(gateway()),
  output: z.object({ routes: z.array(routeSchema) }),
  examples: [{ title: 'See where requests go', input: {} }],
  read: async () => (await import('./routes.ts')).readRoutes,
});

export const gateRoutesSet = command({
  id: 'gate.routes.set',
  summary: 'Have requests for a model go to an endpoint',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  effects: ['outward'],
  input: z.object({
    model: model(),
    endpoint: field(notEmpty(), {
      description: 'Name of a worker, or the address of a server that speaks as OpenAI does',
      positional: true,
      completes: 'worker',
    }),
    weight: field(z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 1), {
      description: 'Its share of the requests',
    }),
    fallback: flag({ description: 'It is asked where none of the others can be' }),
    beside: flag({ description: 'With the endpoints that the model has, and not in their place' }),
    ...gateway(),
  }),
  examples: [
    { title: 'Route a model to a worker', input: { model: 'tinyllama', endpoint: 'worker-cpu-0' } },
    {
      title: 'Name one that is asked where none of the others can be',
      input: { model: 'tinyllama', endpoint: 'worker-spare', fallback: true, beside: true },
    },
  ],
  plan: async () => (await import('./routes.ts')).planSet,
});

export const gateRoutesRemove = command({
  id: 'gate.routes.remove',
  summary: 'Take the route of a model away, or one of its endpoints',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  effects: ['outward'],
  input: z.object({
    model: model(),
    endpoint: field(z.optional(notEmpty()), {
      description: 'Only this one; all of them unless told',
      positional: true,
    }),
    ...gateway(),
  }),
  examples: [{ title: 'Have all workers that serve it answer again', input: { model: 'tinyllama' } }],
  plan: async () => (await import('./routes.ts')).planRemove,
});

export const gateTest = query({
  id: 'gate.test',
  summary: 'Have a model answer through the gateway, and show how long it took',
  needsWorkspace: false,
  network: true,
  input: z.object({
    model: field(notEmpty(), { description: 'Model, or the model of a route', positional: true }),
    input: field(notEmpty(), {
      description:
        'File with JSON: messages, a prompt, or what the gateway takes; - is what a shell pipes in',
      short: 'i',
      completes: 'file',
    }),
    ...gateway(),
  }),
  output: inferenceSchema,
  examples: [{ title: 'Try a model out', input: { model: 'tinyllama', input: 'question.json' } }],
  read: async () => (await import('./infer.ts')).readTest,
});

export const gateLogs = stream({
  id: 'gate.logs',
  summary: 'Show what a gateway has been asked, and what came of it',
  needsWorkspace: false,
  network: true,
  input: z.object({
    follow: flag({ description: 'Go on as requests come', short: 'f' }),
    tail: field(z.optional(z.int().check(z.minimum(0), z.maximum(1_000))), {
      description: 'How many of the last events come first; 100 unless told',
      short: 'n',
    }),
    ...gateway(),
  }),
  event: gateEventSchema,
  examples: [{ title: 'Show the last requests', input: { tail: 20 } }],
  follow: async () => (await import('./logs.ts')).followLogs,
});

export const gateServe = command({
  id: 'gate.serve',
  summary: 'Have the daemon serve a gateway in front of the workers, until it is stopped',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    port: field(z.optional(z.int().check(z.minimum(1), z.maximum(65_535))), {
      description: 'Port of the loopback; that of the settings unless told, which is 8080',
      short: 'p',
    }),
    models: field(z.optional(notEmpty()), {
      description: 'Directory for models that it is given; that of the caller unless told',
      completes: 'directory',
    }),
  }),
  examples: [{ title: 'Serve the workers of this machine', input: {} }],
  plan: async () => (await import('./serve.ts')).planServe,
});

export const gateStop = command({
  id: 'gate.stop',
  summary: 'Have the daemon serve a gateway no longer; its routes and models stay',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({}),
  examples: [{ title: 'Be done with the gateway', input: {} }],
  plan: async () => (await import('./serve.ts')).planStop,
});
