import * as z from 'zod/mini';
import { query, stream } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { activityEventSchema, activitySchema, journalStepSchema } from './types.ts';

const all = () => flag({ description: 'Of every workspace on this machine' });

const limit = (size: number) =>
  field(z._default(z.int().check(z.minimum(1), z.maximum(10_000)), size), {
    description: 'How many at the most',
    short: 'n',
  });

export const activityList = query({
  id: 'activity.list',
  summary: 'List what was done, newest first, and by whom',
  needsWorkspace: false,
  input: z.object({ limit: limit(50), all: all() }),
  output: z.object({ activities: z.array(activitySchema) }),
  examples: [{ title: 'Show the last ten actions on this machine', input: { limit: 10, all: true } }],
  read: async () => (await import('./read.ts')).readList,
});

export const activityShow = query({
  id: 'activity.show',
  summary: 'Show an activity with its steps, or a plan by its hash',
  needsWorkspace: false,
  input: z.object({
    id: field(z.string(), {
      description: 'Identifier of the activity, or hash of a plan',
      positional: true,
      completes: 'activity',
    }),
  }),
  output: z.object({
    activity: z.nullable(activitySchema),
    steps: z.array(journalStepSchema),
    plan: field(z.nullable(z.any()), { description: 'The plan as data' }),
  }),
  examples: [{ title: 'See what an activity did, step by step', input: { id: '12' } }],
  read: async () => (await import('./read.ts')).readShow,
});

export const activityFollow = stream({
  id: 'activity.follow',
  summary: 'Follow every action on this workspace as it runs, whoever acts',
  needsWorkspace: false,
  input: z.object({
    tail: field(z._default(z.int().check(z.minimum(0), z.maximum(1_000)), 0), {
      description: 'How many earlier activities come first',
      short: 'n',
    }),
    all: all(),
  }),
  event: activityEventSchema,
  examples: [{ title: 'Follow what is done here, the last five activities first', input: { tail: 5 } }],
  follow: async () => (await import('./follow.ts')).follow,
});

export const activityWatch = stream({
  id: 'activity.watch',
  summary: 'Keep a list of the newest activities up to date',
  needsWorkspace: false,
  input: z.object({ limit: limit(200), all: all() }),
  event: rowDelta(activitySchema),
  shared: true,
  examples: [{ title: 'Watch the newest twenty of this machine', input: { limit: 20, all: true } }],
  follow: async () => (await import('./watch.ts')).watchActivities,
});
