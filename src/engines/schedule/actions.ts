import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { callFields, force, jobName, limit } from '#engines/job/input.ts';
import { OVERLAPS } from '#engines/job/job.ts';
import { CATCH_UPS } from './definition.ts';
import { runRowSchema, scheduleSchema } from './rows.ts';

const notEmpty = () => z.string().check(z.minLength(1));

const some = () =>
  field(z.array(z.string()).check(z.minLength(1)), {
    description: 'Names of schedules',
    positional: true,
    completes: 'schedule',
  });

const one = () =>
  field(notEmpty(), { description: 'Name of a schedule', positional: true, completes: 'schedule' });

const zone = () =>
  text({ description: 'Time zone by its name, such as Europe/Berlin; that of this machine unless told' });

export const scheduleAdd = command({
  id: 'schedule.add',
  summary: 'Run an artifact, an action or a command again and again, at the moments of a cron expression',
  needsWorkspace: false,
  rerun: 'converge',
  effects: ['destructive', 'outward'],
  input: z.object({
    name: jobName(),
    cron: field(notEmpty(), {
      description: 'Five fields, six with seconds, or @hourly, @daily, @weekly, @monthly, @yearly, @reboot',
    }),
    ...callFields(),
    zone: zone(),
    overlap: field(z._default(z.enum(OVERLAPS), 'skip'), {
      description:
        'When it is time and a run still goes on: leave it out, wait, take its place, or run beside it',
    }),
    catchUp: field(z._default(z.enum(CATCH_UPS), 'one'), {
      description: 'What is made up for of the moments that passed while nobody was there',
    }),
    force: force(),
  }),
  examples: [
    {
      title: 'Run a command every night',
      input: { name: 'backup', cron: '30 2 * * *', command: 'echo saved', zone: 'Europe/Berlin' },
    },
    {
      title: 'Fetch every repo every ten minutes',
      input: { name: 'fetch', cron: '*/10 * * * *', action: 'repo.fetch', catchUp: 'none' },
    },
  ],
  plan: async () => (await import('./add.ts')).planAdd,
});

export const scheduleRemove = command({
  id: 'schedule.remove',
  summary: 'Forget schedules; runs that go on come to their end',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some() }),
  examples: [{ title: 'Be done with a schedule', input: { names: ['nightly'] } }],
  plan: async () => (await import('./change.ts')).planRemove,
});

export const schedulePause = command({
  id: 'schedule.pause',
  summary: 'Have schedules run nothing by themselves until they are resumed',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some() }),
  examples: [{ title: 'Have a schedule rest', input: { names: ['nightly'] } }],
  plan: async () => (await import('./change.ts')).planPause,
});

export const scheduleResume = command({
  id: 'schedule.resume',
  summary: 'Have paused schedules run again, from now on',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some() }),
  examples: [{ title: 'Have a schedule run again', input: { names: ['nightly'] } }],
  plan: async () => (await import('./change.ts')).planResume,
});

export const scheduleRun = command({
  id: 'schedule.run',
  summary: 'Run what a schedule runs, now',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({
    name: one(),
    wait: flag({ description: 'End when the run has ended, and not when it is accepted', short: 'w' }),
  }),
  examples: [{ title: 'Try out a schedule', input: { name: 'nightly' } }],
  plan: async () => (await import('./change.ts')).planRun,
});

export const scheduleList = query({
  id: 'schedule.list',
  summary: 'List schedules with when they run next, and how they ran last',
  needsWorkspace: false,
  input: z.object({ names: texts({ description: 'Only these', positional: true, completes: 'schedule' }) }),
  output: z.object({ schedules: z.array(scheduleSchema) }),
  examples: [{ title: 'See what runs when', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const scheduleHistory = query({
  id: 'schedule.history',
  summary: 'List the runs of a schedule, the newest first',
  needsWorkspace: false,
  input: z.object({
    name: one(),
    limit: limit(),
  }),
  output: z.object({ runs: z.array(runRowSchema) }),
  examples: [{ title: 'See how the last nights went', input: { name: 'nightly' } }],
  read: async () => (await import('./list.ts')).readHistory,
});

export const scheduleNext = query({
  id: 'schedule.next',
  summary: 'Show the next moments of a cron expression, to try it out',
  needsWorkspace: false,
  input: z.object({
    cron: field(z.string(), {
      description: 'Five fields, six with seconds, or a shortcut',
      positional: true,
    }),
    zone: zone(),
    count: field(z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 5), {
      description: 'How many',
      short: 'n',
    }),
  }),
  output: z.object({
    cron: field(z.string(), { description: 'The expression' }),
    zone: field(z.string(), { description: 'The time zone' }),
    moments: z.array(
      z.object({
        local: field(z.string(), { description: 'What a clock there shows', column: 'LOCAL' }),
        at: field(z.number(), { description: 'When', unit: 'milliseconds since the epoch', column: 'HERE' }),
      }),
    ),
  }),
  examples: [
    { title: 'Try out an expression in a zone', input: { cron: '30 2 * * MON-FRI', zone: 'Europe/Berlin' } },
  ],
  read: async () => (await import('./list.ts')).readNext,
});

export const scheduleWatch = stream({
  id: 'schedule.watch',
  summary: 'Keep the list of schedules up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(scheduleSchema),
  shared: true,
  examples: [{ title: 'Watch schedules run', input: {} }],
  follow: async () => (await import('./watch.ts')).watchSchedules,
});
