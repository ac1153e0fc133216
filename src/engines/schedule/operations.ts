import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { shellArgv } from '#engines/core/shell.ts';
import { wordsOf } from '#engines/job/job.ts';
import { definitionSchema } from './definition.ts';

const addArgs = z.object({
  definition: definitionSchema,
  /** What it takes the place of. */
  before: z.nullable(definitionSchema),
});

export const scheduleAdd: Operation<typeof addArgs> = operation({
  id: 'schedule.add',
  args: addArgs,
  effect: 'write',
  resident: true,
  describe: ({ definition: { call, cron, zone } }) => ({
    summary: `run ${wordsOf(call)} at ${cron}${zone === null ? '' : ` in ${zone}`}`,
    commands: call.kind === 'command' ? [shellArgv(call.line)] : [],
  }),
  check: async () => (await import('./apply.ts')).checkAdd,
  apply: async () => (await import('./apply.ts')).applyAdd,
  invert: ({ definition, before }) => [
    before === null
      ? call(scheduleRemove, { definition })
      : call(scheduleAdd, { definition: before, before: definition }),
  ],
});

const removeArgs = z.object({ definition: definitionSchema });

export const scheduleRemove: Operation<typeof removeArgs> = operation({
  id: 'schedule.remove',
  args: removeArgs,
  effect: 'write',
  describe: ({ definition: { name } }) => ({ summary: `forget schedule ${name}`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkRemove,
  apply: async () => (await import('./apply.ts')).applyRemove,
  invert: ({ definition }) => [call(scheduleAdd, { definition, before: null })],
});

const named = z.object({ name: z.string() });

export const schedulePause: Operation<typeof named> = operation({
  id: 'schedule.pause',
  args: named,
  effect: 'write',
  describe: ({ name }) => ({ summary: `pause ${name}`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkPause,
  apply: async () => (await import('./apply.ts')).applyPause,
  invert: ({ name }) => [call(scheduleResume, { name })],
});

export const scheduleResume: Operation<typeof named> = operation({
  id: 'schedule.resume',
  args: named,
  effect: 'write',
  resident: true,
  describe: ({ name }) => ({ summary: `have ${name} go on`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkResume,
  apply: async () => (await import('./apply.ts')).applyResume,
  invert: ({ name }) => [call(schedulePause, { name })],
});

const runArgs = z.object({
  definition: definitionSchema,
  /** Done when it has come to its end, and not when it is accepted. */
  wait: z.boolean(),
});

export const scheduleRun: Operation<typeof runArgs> = operation({
  id: 'schedule.run',
  args: runArgs,
  effect: 'write',
  resident: true,
  describe: ({ definition: { call } }) => ({
    summary: `run ${wordsOf(call)} now`,
    commands: call.kind === 'command' ? [shellArgv(call.line)] : [],
  }),
  check: async () => (await import('./apply.ts')).checkRun,
  apply: async () => (await import('./apply.ts')).applyRun,
});
