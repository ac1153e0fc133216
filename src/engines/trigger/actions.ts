import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { callFields, force, jobName, limit } from '#engines/job/input.ts';
import { OVERLAPS } from '#engines/job/job.ts';
import { ONS, PHASES } from './definition.ts';
import { runRowSchema, triggerSchema } from './rows.ts';

const some = () =>
  field(z.array(z.string()).check(z.minLength(1)), {
    description: 'Names of triggers',
    positional: true,
    completes: 'trigger',
  });

const one = () =>
  field(z.string().check(z.minLength(1)), {
    description: 'Name of a trigger',
    positional: true,
    completes: 'trigger',
  });

export const triggerAdd = command({
  id: 'trigger.add',
  summary: 'Run an artifact, an action or a command whenever something happens',
  needsWorkspace: false,
  rerun: 'converge',
  effects: ['destructive', 'outward'],
  input: z.object({
    name: jobName(),
    on: field(z.enum(ONS), {
      description:
        'A request to the daemon, files that change, refs that move, what becomes of a process, or a task of an agent',
    }),
    ...callFields(),
    signed: flag({
      description: 'A webhook may also be signed with its token, in X-Hub-Signature-256 as GitHub does',
    }),
    path: texts({ description: 'Files, directories or patterns to watch', completes: 'file' }),
    repo: text({
      description: 'Repo whose refs are watched, or a directory; the one here unless told',
      completes: 'repo',
    }),
    ref: text({
      description: 'Branch or tag, perhaps with *, or HEAD; HEAD unless told',
      completes: 'branch',
    }),
    process: texts({
      description: 'Processes, services or workers to watch; all unless told',
      completes: 'process',
    }),
    phase: field(z._default(z.array(z.enum(PHASES)), []), {
      description: 'What has to become of them; exited, crash-loop and unhealthy unless told',
    }),
    settle: text({
      description: 'How long files or refs have to rest, such as 2s; 500ms unless told',
    }),
    overlap: field(z.optional(z.enum(OVERLAPS)), {
      description:
        'When it happens again and a run still goes on: leave it out as files do unless told, wait as all else does, take its place, or run beside it',
    }),
    rate: field(z._default(z.int().check(z.minimum(1), z.maximum(600)), 30), {
      description: 'Runs within a minute at the most',
    }),
    force: force(),
  }),
  examples: [
    { title: 'Run a command for each push', input: { name: 'deploy', on: 'webhook', command: 'cat' } },
    {
      title: 'Say so when a service ends by itself',
      input: {
        name: 'tell',
        on: 'process',
        phase: ['exited'],
        command: 'echo "$GANTRY_TRIGGER_PROCESS ended"',
      },
    },
  ],
  plan: async () => (await import('./add.ts')).planAdd,
});

export const triggerRemove = command({
  id: 'trigger.remove',
  summary: 'Forget triggers, and the tokens of webhooks; runs that go on come to their end',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some() }),
  examples: [{ title: 'Be done with a trigger', input: { names: ['on-push'] } }],
  plan: async () => (await import('./change.ts')).planRemove,
});

export const triggerPause = command({
  id: 'trigger.pause',
  summary: 'Have triggers run nothing by themselves until they are resumed',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some() }),
  examples: [{ title: 'Have a trigger rest', input: { names: ['on-push'] } }],
  plan: async () => (await import('./change.ts')).planPause,
});

export const triggerResume = command({
  id: 'trigger.resume',
  summary: 'Have paused triggers run again, from now on',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some() }),
  examples: [{ title: 'Have a trigger run again', input: { names: ['on-push'] } }],
  plan: async () => (await import('./change.ts')).planResume,
});

export const triggerFire = command({
  id: 'trigger.fire',
  summary: 'Run what a trigger runs, now, though nothing has happened',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({
    name: one(),
    wait: flag({ description: 'End when the run has ended, and not when it is accepted', short: 'w' }),
  }),
  examples: [{ title: 'Try out a trigger', input: { name: 'on-push' } }],
  plan: async () => (await import('./change.ts')).planRun,
});

export const triggerToken = query({
  id: 'trigger.token',
  summary: 'Show the token of a webhook, to those who may have it',
  needsWorkspace: false,
  input: z.object({ name: one() }),
  output: z.object({ token: field(z.string(), { description: 'What a request has to bring' }) }),
  examples: [{ title: 'Give a token to whoever posts', input: { name: 'on-push' } }],
  read: async () => (await import('./list.ts')).readToken,
});

export const triggerList = query({
  id: 'trigger.list',
  summary: 'List triggers with what they wait for, and how they ran last',
  needsWorkspace: false,
  input: z.object({ names: texts({ description: 'Only these', positional: true, completes: 'trigger' }) }),
  output: z.object({ triggers: z.array(triggerSchema) }),
  examples: [{ title: 'See what runs by itself', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const triggerHistory = query({
  id: 'trigger.history',
  summary: 'List the runs of a trigger, the newest first, with why one was left out',
  needsWorkspace: false,
  input: z.object({ name: one(), limit: limit() }),
  output: z.object({ runs: z.array(runRowSchema), passed: triggerSchema.shape.passed }),
  examples: [{ title: 'See what came of the last ones', input: { name: 'on-push' } }],
  read: async () => (await import('./list.ts')).readHistory,
});

export const triggerWatch = stream({
  id: 'trigger.watch',
  summary: 'Keep the list of triggers up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(triggerSchema),
  shared: true,
  examples: [{ title: 'Watch triggers run', input: {} }],
  follow: async () => (await import('./watch.ts')).watchTriggers,
});
