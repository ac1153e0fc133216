import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { managerOf } from './unit/manager.ts';

/** The manager that a unit is installed for: the daemon is started as that. */
const through = z.optional(z.enum(['systemd', 'launchd']));

const startArgs = z.object({ through });
const stopArgs = z.object({
  /** Null stands for whichever serves. */
  instance: z.nullable(z.string()),
  force: z.boolean(),
  /** How many processes go on without it. */
  goOn: z.optional(z.number()),
  through,
});
/** What a start leaves for its inverse. */
const leftSchema = z.object({ instance: z.string() });

export const daemonStart: Operation<typeof startArgs> = operation({
  id: 'daemon.start',
  args: startArgs,
  effect: 'write',
  describe: ({ through }) => ({
    summary: 'start the daemon',
    commands: through ? [managerOf(through).start()] : [],
  }),
  check: async () => (await import('./apply-start.ts')).checkStart,
  apply: async () => (await import('./apply-start.ts')).applyStart,
  invert: (_, result) => [call(daemonStop, { instance: z.parse(leftSchema, result).instance, force: false })],
});

export const daemonStop: Operation<typeof stopArgs> = operation({
  id: 'daemon.stop',
  args: stopArgs,
  effect: 'write',
  describe: ({ instance, force, goOn }) => ({
    summary: `stop the daemon${named(instance)}${force ? ', cancelling what runs in it' : ' once what runs in it has ended'}${goOnWords(goOn)}`,
    commands: [],
  }),
  check: async () => (await import('./apply-stop.ts')).checkStop,
  apply: async () => (await import('./apply-stop.ts')).applyStop,
  // Whoever starts again what was stopped with it starts a daemon for that.
  invert: ({ instance, through }) =>
    instance === null ? [] : [call(daemonStart, through ? { through } : {})],
});

function named(instance: string | null): string {
  return instance === null ? '' : ` with pid ${instance.split('@')[0]}`;
}

/** `; 2 processes go on`. */
export function goOnWords(count = 0): string {
  if (count === 0) return '';
  return count === 1 ? '; 1 process goes on' : `; ${count} processes go on`;
}

export * from './unit/operations.ts';
