import * as z from 'zod/mini';
import { actorSchema } from '#engines/activity/types.ts';
import { field } from '#engines/core/fields.ts';

/** One command or query that a daemon is carrying out. */
export const runningSchema = z.object({
  activity: field(z.nullable(z.string()), {
    description: 'Activity that it is; null before its plan is approved, and for queries',
    column: 'ACTIVITY',
  }),
  action: field(z.string(), { description: 'Action that runs', column: 'ACTION' }),
  actor: actorSchema,
  startedAt: field(z.number(), {
    description: 'Start',
    unit: 'milliseconds since the epoch',
    column: 'STARTED',
  }),
});

export type Running = z.infer<typeof runningSchema>;

/** What a daemon tells of itself. */
export const livingSchema = z.object({
  pid: field(z.number(), { description: 'Process identifier' }),
  instance: field(z.string(), {
    description: 'The process with its start time: no later process has the same',
  }),
  version: field(z.string(), { description: 'Version of the program it runs' }),
  build: field(z.optional(z.string()), {
    description: 'Build of the program it runs; absent where it runs from its sources',
  }),
  protocol: field(z.number(), { description: 'Version of the wire protocol it speaks' }),
  state: field(z.enum(['serving', 'retired', 'stopping']), {
    description:
      'retired: a newer one took over and this one finishes; stopping: it finishes and takes no new work',
  }),
  startedAt: field(z.number(), { description: 'Start', unit: 'milliseconds since the epoch' }),
  uptime: field(z.number(), { description: 'Time since the start', unit: 'milliseconds' }),
  clients: field(z.number(), { description: 'Connected screens and programs' }),
  subscriptions: field(z.number(), { description: 'Streams that are being followed' }),
  watchers: field(z.number(), {
    description: 'Sources of rows kept for those subscriptions, shared among them',
  }),
  activities: field(z.array(runningSchema), { description: 'What runs in it' }),
  memory: field(z.number(), { description: 'Resident memory', unit: 'bytes' }),
});

export type Living = z.infer<typeof livingSchema>;

/** The daemon as anybody sees it; everything beyond `running` and `socket` only where one runs. */
export const statusSchema = z.extend(z.partial(livingSchema), {
  running: field(z.boolean(), { description: 'Whether one serves this user on this machine' }),
  socket: field(z.string(), { description: 'Path of its socket' }),
});

export type DaemonStatus = z.infer<typeof statusSchema>;
