import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { definitionSchema } from './definition.ts';

const defineArgs = z.object({
  definition: definitionSchema,
  /** What it takes the place of. */
  before: z.nullable(definitionSchema),
});

export const serviceDefine: Operation<typeof defineArgs> = operation({
  id: 'service.define',
  args: defineArgs,
  effect: 'write',
  describe: ({ definition: { name, replicas, port } }) => ({
    summary: `put service ${name} on record: ${counted(replicas)}${port === null ? '' : ` from port ${port} on`}`,
    commands: [],
  }),
  check: async () => (await import('./define.ts')).checkDefine,
  apply: async () => (await import('./define.ts')).applyDefine,
  invert: ({ definition, before }) => [
    before === null
      ? call(serviceForget, { definition })
      : call(serviceDefine, { definition: before, before: definition }),
  ],
});

const forgetArgs = z.object({ definition: definitionSchema });

export const serviceForget: Operation<typeof forgetArgs> = operation({
  id: 'service.forget',
  args: forgetArgs,
  effect: 'write',
  describe: ({ definition: { name } }) => ({ summary: `forget service ${name}`, commands: [] }),
  check: async () => (await import('./define.ts')).checkForget,
  apply: async () => (await import('./define.ts')).applyForget,
  invert: ({ definition }) => [call(serviceDefine, { definition, before: null })],
});

function counted(replicas: number): string {
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}
