import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';

const noArgs = z.object({});
const stopArgs = z.object({ instance: z.string(), force: z.boolean() });
/** What a start leaves for its inverse. */
const leftSchema = z.object({ instance: z.string() });

export const daemonStart: Operation<typeof noArgs> = operation({
  id: 'daemon.start',
  args: noArgs,
  effect: 'write',
  describe: () => ({ summary: 'start the daemon', commands: [] }),
  check: async () => (await import('./apply-start.ts')).checkStart,
  apply: async () => (await import('./apply-start.ts')).applyStart,
  invert: (_, result) => [call(daemonStop, { instance: z.parse(leftSchema, result).instance, force: false })],
});

export const daemonStop: Operation<typeof stopArgs> = operation({
  id: 'daemon.stop',
  args: stopArgs,
  effect: 'write',
  describe: ({ instance, force }) => ({
    summary: `stop the daemon with pid ${instance.split('@')[0]}${force ? ', cancelling what runs in it' : ' once what runs in it has ended'}`,
    commands: [],
  }),
  check: async () => (await import('./apply-stop.ts')).checkStop,
  apply: async () => (await import('./apply-stop.ts')).applyStop,
  invert: () => [call(daemonStart, {})],
});
