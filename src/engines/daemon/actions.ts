import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';
import { statusSchema } from './types.ts';

export const daemonStart = command({
  id: 'daemon.start',
  summary: 'Start the daemon, or replace an older one',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({}),
  examples: [{ title: 'Have the daemon ready before the first screen', input: {} }],
  plan: async () => (await import('./plan-start.ts')).planStart,
});

export const daemonStop = command({
  id: 'daemon.stop',
  summary: 'Stop the daemon once what runs in it has ended',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    force: flag({ description: 'Cancel what runs instead of waiting for it, and end a daemon that hangs' }),
  }),
  examples: [{ title: 'Stop the daemon when it has finished its work', input: {} }],
  plan: async () => (await import('./plan-stop.ts')).planStop,
});

export const daemonStatus = query({
  id: 'daemon.status',
  summary: 'Show whether the daemon runs, who uses it and what runs in it',
  needsWorkspace: false,
  input: z.object({}),
  output: statusSchema,
  examples: [{ title: 'See what the daemon is doing', input: {} }],
  read: async () => (await import('./status.ts')).readStatus,
});

export const daemonLogs = stream({
  id: 'daemon.logs',
  summary: "Show the daemon's log",
  needsWorkspace: false,
  input: z.object({
    tail: field(z._default(z.int().check(z.minimum(0), z.maximum(100_000)), 100), {
      description: 'How many of the last lines come first',
      short: 'n',
    }),
    follow: flag({ description: 'Go on with new lines as they are written', short: 'f' }),
  }),
  event: z.object({ line: field(z.string(), { description: 'One line', column: 'LINE' }) }),
  examples: [{ title: 'Show the last twenty lines', input: { tail: 20 } }],
  follow: async () => (await import('./logs.ts')).followLogs,
});
