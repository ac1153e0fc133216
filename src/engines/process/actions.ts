import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { joinedSchema } from './joined/row.ts';
import { logsInput } from './logs-input.ts';
import { detailSchema, logEventSchema, processSchema } from './types.ts';

const name = () =>
  field(z.string().check(z.minLength(1)), {
    description: 'Name of a process, or its pid',
    positional: true,
    completes: 'process',
  });

export const processList = query({
  id: 'process.list',
  summary: 'List the processes that the daemon keeps: workers, services, runs',
  needsWorkspace: false,
  input: z.object({
    names: texts({ description: 'Only these', positional: true, completes: 'process' }),
  }),
  output: z.object({ processes: z.array(processSchema) }),
  examples: [{ title: 'See everything that runs', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const processInspect = query({
  id: 'process.inspect',
  summary: 'Show all that is known of one process: how it is started, its runs, its probe',
  needsWorkspace: false,
  input: z.object({ name: name() }),
  output: detailSchema,
  examples: [{ title: 'See why a process does not run', input: { name: 'web:0' } }],
  read: async () => (await import('./inspect.ts')).readInspect,
});

export const processHealth = query({
  id: 'process.health',
  summary: 'Show how everything that is kept is, what is red first: who listens, what answers, and why not',
  needsWorkspace: false,
  network: true,
  input: z.object({
    names: texts({
      description: 'Only these, by name or pid; a service is all its replicas',
      positional: true,
      completes: 'process',
    }),
  }),
  output: z.object({ health: z.array(joinedSchema) }),
  examples: [{ title: 'See what needs somebody', input: {} }],
  read: async () => (await import('./joined/read.ts')).readJoined,
  verdict: async () => (await import('./joined/read.ts')).verdictOf,
});

export const processHealthWatch = stream({
  id: 'process.health.watch',
  summary: 'Keep up to date how everything that is kept is, by what it has answered the daemon',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(joinedSchema),
  shared: true,
  examples: [{ title: 'Watch what turns red, and why', input: {} }],
  follow: async () => (await import('./joined/watch.ts')).watchJoined,
});

export const processWatch = stream({
  id: 'process.watch',
  summary: 'Keep the list of processes up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(processSchema),
  shared: true,
  examples: [{ title: 'Watch processes come and go', input: {} }],
  follow: async () => (await import('./watch.ts')).watchProcesses,
});

export const processLogs = stream({
  id: 'process.logs',
  summary: 'Show what processes have written, those of several by time',
  needsWorkspace: false,
  input: z.object({
    names: field(z.array(z.string()).check(z.minLength(1)), {
      description: 'Names of processes, or their pids',
      positional: true,
      completes: 'process',
    }),
    ...logsInput(),
  }),
  event: logEventSchema,
  examples: [{ title: 'Show what a process wrote last', input: { names: ['web:0'], tail: 20 } }],
  follow: async () => (await import('./logs.ts')).followLogs,
});

export const processRun = command({
  id: 'process.run',
  summary: 'Run a command to its end, whatever becomes of this terminal; its log stays',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({
    command: field(z.string().check(z.minLength(1)), {
      description: 'Line for the shell',
      positional: true,
    }),
    name: field(z.optional(z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/))), {
      description: 'Name; that of the program unless told',
    }),
    directory: field(z.optional(z.string()), { description: 'Where it runs', completes: 'directory' }),
    set: texts({ description: 'Variables for its environment, as NAME=value' }),
    stdin: field(z.optional(z.string().check(z.minLength(1))), {
      description: 'File on its standard input',
      completes: 'file',
    }),
  }),
  examples: [
    {
      title: 'Have a long build go on without this terminal',
      input: { command: 'exec sleep 1', name: 'build' },
    },
  ],
  plan: async () => (await import('./plan-run.ts')).planRun,
});

export const processSignal = command({
  id: 'process.signal',
  summary: 'Send a signal to a process and its group',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({
    name: name(),
    signal: field(z.string().check(z.minLength(1)), {
      description: 'Name of the signal, with or without SIG',
      positional: true,
    }),
  }),
  examples: [
    { title: 'Have a process read its configuration again', input: { name: 'web:0', signal: 'HUP' } },
  ],
  plan: async () => (await import('./plan-signal.ts')).planSignal,
});
