import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { shellArgv } from '#engines/core/shell.ts';
import { wordsOf } from '#engines/job/job.ts';
import { definitionSchema, occasionWords } from './definition.ts';

const addArgs = z.object({
  definition: definitionSchema,
  /** What it takes the place of. */
  before: z.nullable(definitionSchema),
});

export const triggerAdd: Operation<typeof addArgs> = operation({
  id: 'trigger.add',
  args: addArgs,
  effect: 'write',
  resident: true,
  describe: ({ definition }) => ({
    summary: `run ${wordsOf(definition.call)} at ${occasionWords(definition)}`,
    commands: definition.call.kind === 'command' ? [shellArgv(definition.call.line)] : [],
  }),
  check: async () => (await import('./apply.ts')).checkAdd,
  apply: async () => (await import('./apply.ts')).applyAdd,
  invert: ({ definition, before }) => [
    before === null
      ? call(triggerRemove, { definition })
      : call(triggerAdd, { definition: before, before: definition }),
  ],
});

const removeArgs = z.object({ definition: definitionSchema });

export const triggerRemove: Operation<typeof removeArgs> = operation({
  id: 'trigger.remove',
  args: removeArgs,
  effect: 'write',
  describe: ({ definition: { name } }) => ({ summary: `forget trigger ${name}`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkRemove,
  apply: async () => (await import('./apply.ts')).applyRemove,
  invert: ({ definition }) => [call(triggerAdd, { definition, before: null })],
});

const named = z.object({ name: z.string() });

export const triggerPause: Operation<typeof named> = operation({
  id: 'trigger.pause',
  args: named,
  effect: 'write',
  describe: ({ name }) => ({ summary: `pause ${name}`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkPause,
  apply: async () => (await import('./apply.ts')).applyPause,
  invert: ({ name }) => [call(triggerResume, { name })],
});

export const triggerResume: Operation<typeof named> = operation({
  id: 'trigger.resume',
  args: named,
  effect: 'write',
  resident: true,
  describe: ({ name }) => ({ summary: `have ${name} go on`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkResume,
  apply: async () => (await import('./apply.ts')).applyResume,
  invert: ({ name }) => [call(triggerPause, { name })],
});

const fireArgs = z.object({
  definition: definitionSchema,
  /** Done when it has come to its end, and not when it is accepted. */
  wait: z.boolean(),
});

export const triggerFire: Operation<typeof fireArgs> = operation({
  id: 'trigger.fire',
  args: fireArgs,
  effect: 'write',
  resident: true,
  describe: ({ definition: { call } }) => ({
    summary: `run ${wordsOf(call)} now`,
    commands: call.kind === 'command' ? [shellArgv(call.line)] : [],
  }),
  check: async () => (await import('./apply.ts')).checkRun,
  apply: async () => (await import('./apply.ts')).applyRun,
});
