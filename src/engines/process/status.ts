import * as z from 'zod/mini';

export const PHASES = [
  'waiting',
  'starting',
  'running',
  'unhealthy',
  'stopping',
  'backoff',
  'crash-loop',
  'stopped',
  'exited',
  'failed',
] as const;

/**
 * Where a process is: `waiting` for others, `starting` until it is ready, `running`, `unhealthy` where its probe fails,
 * `stopping`; `backoff` and `crash-loop` before it is started again; `stopped` by somebody, `exited` well, or `failed`.
 */
export type Phase = (typeof PHASES)[number];

/** How a run ended; an adopted process has no exit code that anybody but its dead parent could know. */
export const exitSchema = z.union([
  z.object({ code: z.number() }),
  z.object({ signal: z.string() }),
  z.object({ unknown: z.literal(true) }),
  z.object({ error: z.string() }),
]);

export type Exit = z.infer<typeof exitSchema>;

const moment = z.nullable(z.number());

/** What is known of a process and survives the daemon. Moments are milliseconds since the epoch. */
export const statusSchema = z.object({
  phase: z.enum(PHASES),
  /** The present run, or the last one: the mark that is in the environment of all its processes. */
  run: z.nullable(z.string()),
  /** The process of the present run, by pid and start; null where none is there, or not known yet. */
  identity: z.nullable(z.string()),
  /** Where in its log the present run begins, in bytes. */
  logAt: z.number(),
  startedAt: moment,
  readyAt: moment,
  endedAt: moment,
  exit: z.nullable(exitSchema),
  /** Starts by the daemon itself since somebody started it. */
  restarts: z.number(),
  /** Runs in a row that ended quickly. */
  quick: z.number(),
  /** When it is started again. */
  againAt: moment,
  /** One sentence: why it is not running, or not ready. */
  why: z.nullable(z.string()),
  /** The last answer to its probe. */
  probed: z.nullable(z.object({ at: z.number(), ok: z.boolean(), said: z.string() })),
});

export type Status = z.infer<typeof statusSchema>;

export const NEVER_RUN: Status = {
  phase: 'stopped',
  run: null,
  identity: null,
  logAt: 0,
  startedAt: null,
  readyAt: null,
  endedAt: null,
  exit: null,
  restarts: 0,
  quick: 0,
  againAt: null,
  why: null,
  probed: null,
};

/** Phases that nothing but a person, or a schedule, brings it out of. */
const AT_REST: ReadonlySet<Phase> = new Set(['stopped', 'exited', 'failed']);

export function isAtRest({ phase }: Pick<Status, 'phase'>): boolean {
  return AT_REST.has(phase);
}

/** Phases in which somebody who waits for it to be ready need wait no longer. */
const SETTLED: ReadonlySet<Phase> = new Set([...AT_REST, 'running', 'crash-loop']);

export function isSettled({ phase }: Pick<Status, 'phase'>): boolean {
  return SETTLED.has(phase);
}

export function exitWords(exit: Exit): string {
  if ('code' in exit) return `exit code ${exit.code}`;
  if ('signal' in exit) return exit.signal;
  return 'error' in exit ? exit.error : 'an exit code that nobody saw';
}
