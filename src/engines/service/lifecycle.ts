import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { logsInput } from '#engines/process/logs-input.ts';
import { detailSchema, logEventSchema } from '#engines/process/types.ts';
import { definitionSchema } from './definition.ts';
import { healthSchema, releaseSchema, serviceSchema } from './row.ts';

const named = texts({
  description: 'Services, or replicas by name or pid',
  positional: true,
  completes: 'service',
});

const someNames = field(z.array(z.string()).check(z.minLength(1)), {
  description: 'Services, or replicas by name or pid',
  positional: true,
  completes: 'service',
});

const one = field(z.string().check(z.minLength(1)), {
  description: 'Name of a service',
  positional: true,
  completes: 'service',
});

const wait = flag({ description: 'End when it is ready, and not when it is accepted', short: 'w' });

const count = z.int().check(z.minimum(1), z.maximum(1_000));

const port = z.int().check(z.minimum(1), z.maximum(65_535));

const serviceName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));

export const serviceStart = command({
  id: 'service.start',
  summary: 'Keep artifacts or a command running, whatever becomes of this terminal',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    artifacts: texts({
      description: '.jos files, or names of those in ~/.jos/artifacts',
      positional: true,
      completes: 'file',
    }),
    command: field(z.optional(z.string().check(z.minLength(1))), {
      description: 'Line for the shell that is kept running',
    }),
    name: field(z.optional(serviceName), {
      description: 'Name; that of the program unless told',
    }),
    port: field(z.optional(port), {
      description: 'Port of the first replica, as PORT in its environment; each next one has the next',
    }),
    replicas: field(z._default(count, 1), { description: 'How many of it run' }),
    restart: field(z._default(z.enum(['never', 'on-failure', 'always']), 'on-failure'), {
      description: 'When it is started again by itself',
    }),
    health: text({
      description: 'How to ask it: a URL, a path on its port, tcp, tcp:PORT, log:TEXT, or a command',
    }),
    env: field(z.optional(serviceName), { description: 'Set of variables that it runs with, such as prod' }),
    set: texts({ description: 'Variables for its environment, as NAME=value' }),
    directory: field(z.optional(z.string()), { description: 'Where it runs', completes: 'directory' }),
    insecure: flag({ description: 'Also an artifact that is not what was signed' }),
    wait,
  }),
  examples: [
    {
      title: 'Keep a command running',
      input: { command: 'exec sleep 1000', name: 'sleeper' },
    },
  ],
  plan: async () => (await import('./start.ts')).planStart,
});

export const serviceStop = command({
  id: 'service.stop',
  summary: 'Stop services, or some of their replicas',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: someNames }),
  examples: [{ title: 'Stop a service with all its replicas', input: { names: ['web'] } }],
  plan: async () => (await import('./stop.ts')).planStop,
});

export const serviceRestart = command({
  id: 'service.restart',
  summary: 'Stop services and start them again, all replicas at once',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({ names: someNames, wait }),
  examples: [{ title: 'Start one replica anew', input: { names: ['web:0'] } }],
  plan: async () => (await import('./stop.ts')).planRestart,
});

export const serviceReload = command({
  id: 'service.reload',
  summary: 'Restart one replica after the other, each when the one before is ready',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({ names: someNames }),
  examples: [{ title: 'Restart a service that goes on serving', input: { names: ['web'] } }],
  plan: async () => (await import('./stop.ts')).planReload,
});

export const serviceRemove = command({
  id: 'service.remove',
  summary: 'Stop services and forget them; their logs stay',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: someNames }),
  examples: [{ title: 'Be done with a service', input: { names: ['web'] } }],
  plan: async () => (await import('./stop.ts')).planRemove,
});

export const serviceScale = command({
  id: 'service.scale',
  summary: 'Have more or fewer replicas of a service',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    name: one,
    replicas: field(z.int().check(z.minimum(0), z.maximum(1_000)), { description: 'How many of it run' }),
    wait,
  }),
  examples: [{ title: 'Have three replicas', input: { name: 'web', replicas: 3 } }],
  plan: async () => (await import('./scale.ts')).planScale,
});

export const serviceDeploy = command({
  id: 'service.deploy',
  summary: 'Put another release of a service in the place of what runs, replica by replica',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    artifact: field(z.string().check(z.minLength(1)), {
      description: 'A .jos file, or the name of one in ~/.jos/artifacts',
      positional: true,
      completes: 'file',
    }),
    name: field(z.optional(serviceName), {
      description: 'Name of the service; that of the artifact unless told',
    }),
    port: field(z.optional(port), { description: 'Port of the first replica; as before unless told' }),
    replicas: field(z.optional(count), { description: 'How many of it run; as before unless told' }),
    env: field(z.optional(serviceName), { description: 'Set of variables that it runs with, such as prod' }),
    set: texts({ description: 'Variables for its environment, as NAME=value' }),
    insecure: flag({ description: 'Also an artifact that is not what was signed' }),
  }),
  examples: [{ title: 'Deploy what an artifact says now', input: { artifact: 'hello.jos', name: 'web' } }],
  plan: async () => (await import('./deploy.ts')).planDeploy,
});

export const serviceRollback = command({
  id: 'service.rollback',
  summary: 'Put an earlier release of a service in the place of what runs',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({
    name: one,
    to: field(z.optional(z.int().check(z.minimum(1))), {
      description: 'Number of the release; the one before unless told',
    }),
  }),
  examples: [{ title: 'Go back to an earlier release', input: { name: 'api', to: 1 } }],
  plan: async () => (await import('./deploy.ts')).planRollback,
});

export const serviceHistory = query({
  id: 'service.history',
  summary: 'List the releases of a service',
  needsWorkspace: false,
  input: z.object({ name: one }),
  output: z.object({ releases: z.array(releaseSchema) }),
  examples: [{ title: 'See what was deployed when', input: { name: 'web' } }],
  read: async () => (await import('./history.ts')).readHistory,
});

export const serviceList = query({
  id: 'service.list',
  summary: 'List services with what they are doing',
  needsWorkspace: false,
  input: z.object({ names: named }),
  output: z.object({ services: z.array(serviceSchema) }),
  examples: [{ title: 'See how every service is', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const serviceInspect = query({
  id: 'service.inspect',
  summary: 'Show all that is known of one service: its definition, its replicas, its last lines',
  needsWorkspace: false,
  input: z.object({
    name: one,
    tail: field(z._default(z.int().check(z.minimum(0), z.maximum(10_000)), 20), {
      description: 'How many of its last lines',
      short: 'n',
    }),
  }),
  output: z.object({
    service: z.omit(serviceSchema, { processes: true }),
    definition: definitionSchema,
    processes: z.array(detailSchema),
    lines: z.array(logEventSchema),
  }),
  examples: [{ title: 'See why a service is not well', input: { name: 'web' } }],
  read: async () => (await import('./inspect.ts')).readServiceInspect,
});

export const serviceHealth = query({
  id: 'service.health',
  summary: 'Ask the replicas of services how they are, now',
  needsWorkspace: false,
  network: true,
  input: z.object({ names: named }),
  output: z.object({ health: z.array(healthSchema) }),
  examples: [{ title: 'Ask every service', input: {} }],
  read: async () => (await import('./health.ts')).readHealth,
  verdict: async () => (await import('./health.ts')).verdictOf,
});

export const serviceWatch = stream({
  id: 'service.watch',
  summary: 'Keep the list of services up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(serviceSchema),
  shared: true,
  examples: [{ title: 'Watch services start, fail and recover', input: {} }],
  follow: async () => (await import('./watch.ts')).watchServices,
});

export const serviceLogs = stream({
  id: 'service.logs',
  summary: 'Show what the replicas of services have written, by time',
  needsWorkspace: false,
  input: z.object({ names: someNames, ...logsInput() }),
  event: logEventSchema,
  examples: [
    { title: 'Show the last lines and go on', input: { names: ['web'], follow: true } },
    { title: 'Show what a replica wrote in the last hour', input: { names: ['web:0'], since: '1h' } },
  ],
  follow: async () => (await import('./logs.ts')).followServiceLogs,
});
