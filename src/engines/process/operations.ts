import * as z from 'zod/mini';
import { portClaim } from '#engines/core/claims.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { type ProcessSpec, specSchema } from './spec.ts';

const named = z.object({ name: z.string() });

/** What an operation found, so that it can be brought back. */
const foundSchema = z.object({ spec: z.nullable(specSchema), ran: z.boolean() });

export type Found = z.infer<typeof foundSchema>;

const startArgs = z.object({
  spec: specSchema,
  /** Done when it is ready, and not when it is accepted. */
  wait: z.boolean(),
  /** Where it does not become ready it is stopped and forgotten: another still does its work. */
  orForget: z._default(z.boolean(), false),
});

export const processStart: Operation<typeof startArgs> = operation({
  id: 'process.start',
  args: startArgs,
  effect: 'write',
  resident: true,
  describe: ({ spec: { name, port, argv } }) => ({
    summary: `start ${name}${port === null ? '' : ` on port ${port}`}`,
    commands: [argv],
  }),
  // The port of a worker is mostly chosen by its plan, that of anything else by a person.
  claims: ({ spec: { kind, port } }) => (kind === 'worker' && port !== null ? [portClaim(port)] : []),
  check: async () => (await import('./apply/start.ts')).checkStart,
  apply: async () => (await import('./apply/start.ts')).applyStart,
  invert: ({ spec: { name } }, result) => {
    const { spec } = z.parse(foundSchema, result);
    return spec === null
      ? [call(processRemove, { name })]
      : [call(processStop, { name }), call(processKeep, { spec })];
  },
});

export const processStop: Operation<typeof named> = operation({
  id: 'process.stop',
  args: named,
  effect: 'write',
  resident: true,
  describe: ({ name }) => ({ summary: `stop ${name}`, commands: [] }),
  check: async () => (await import('./apply/stop.ts')).checkStop,
  apply: async () => (await import('./apply/stop.ts')).applyStop,
  invert: (_, result) => startedAgain(result),
});

const restartArgs = z.object({ name: z.string(), wait: z.boolean() });

export const processRestart: Operation<typeof restartArgs> = operation({
  id: 'process.restart',
  args: restartArgs,
  effect: 'write',
  resident: true,
  describe: ({ name }) => ({ summary: `restart ${name}`, commands: [] }),
  check: async () => (await import('./apply/restart.ts')).checkRestart,
  apply: async () => (await import('./apply/restart.ts')).applyRestart,
  // It runs as it ran before.
  invert: () => [],
});

const signalArgs = z.object({ name: z.string(), signal: z.string(), run: z.string() });

export const processSignal: Operation<typeof signalArgs> = operation({
  id: 'process.signal',
  args: signalArgs,
  effect: 'write',
  resident: true,
  describe: ({ name, signal }) => ({ summary: `send ${signal} to ${name}`, commands: [] }),
  check: async () => (await import('./apply/signal.ts')).checkSignal,
  apply: async () => (await import('./apply/signal.ts')).applySignal,
});

export const processRemove: Operation<typeof named> = operation({
  id: 'process.remove',
  args: named,
  effect: 'write',
  resident: true,
  describe: ({ name }) => ({ summary: `stop and forget ${name}; its log stays`, commands: [] }),
  check: async () => (await import('./apply/remove.ts')).checkRemove,
  apply: async () => (await import('./apply/remove.ts')).applyRemove,
  invert: (_, result) => {
    const { spec, ran } = z.parse(foundSchema, result);
    return spec === null || ran ? startedAgain(result) : [call(processKeep, { spec })];
  },
});

const keepArgs = z.object({ spec: specSchema });

/** Puts a process on record as it is to be started next; nothing is started. */
export const processKeep: Operation<typeof keepArgs> = operation({
  id: 'process.keep',
  args: keepArgs,
  effect: 'write',
  resident: true,
  describe: ({ spec }) => ({ summary: `put ${spec.name} on record`, commands: [] }),
  check: async () => (await import('./apply/keep.ts')).checkKeep,
  apply: async () => (await import('./apply/keep.ts')).applyKeep,
  invert: ({ spec: { name } }, result) => {
    const { spec } = z.parse(foundSchema, result);
    return spec === null ? [call(processRemove, { name })] : [call(processKeep, { spec })];
  },
});

function startedAgain(result: unknown) {
  const { spec, ran } = z.parse(foundSchema, result) as { spec: ProcessSpec | null; ran: boolean };
  return spec && ran ? [call(processStart, { spec, wait: false })] : [];
}
