import * as z from 'zod/mini';

const milliseconds = z.number().check(z.int(), z.positive());
const text = z.string().check(z.minLength(1));

/** What is asked again and again of a process while it runs; times in milliseconds. */
const asking = {
  every: z._default(milliseconds, 1_000),
  within: z._default(milliseconds, 2_000),
  /** Answers in a row that count as a failure. */
  failures: z._default(z.number().check(z.int(), z.positive()), 3),
};

/** How to find out whether a process does what it is there for. */
export const probeSchema = z.discriminatedUnion('kind', [
  /** A status below 400 is an answer. */
  z.object({ kind: z.literal('http'), url: z.string().check(z.regex(/^https?:\/\/\S+$/)), ...asking }),
  z.object({ kind: z.literal('tcp'), host: z._default(text, '127.0.0.1'), port: z.number(), ...asking }),
  z.object({ kind: z.literal('command'), argv: z.array(z.string()).check(z.minLength(1)), ...asking }),
  /** A line with this text, of the present run. */
  z.object({ kind: z.literal('log'), text, ...asking }),
]);

export type Probe = z.infer<typeof probeSchema>;

const restartSchema = z.object({
  policy: z._default(z.enum(['never', 'on-failure', 'always']), 'on-failure'),
  /** A run that ends sooner was a quick one: the next waits. */
  quick: z._default(milliseconds, 1_000),
  /** The wait after the first quick run; it doubles with each in a row up to the most. */
  first: z._default(milliseconds, 100),
  most: z._default(milliseconds, 30_000),
});

export type Restart = z.infer<typeof restartSchema>;

/** Everything that is needed to start a process again without whoever started it first. No secrets are in it. */
export const specSchema = z.object({
  /** Unique on this machine: `web:0`, `worker-cuda-0`. A directory is called by it. */
  name: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/), z.maxLength(200)),
  kind: z.enum(['command', 'worker', 'service', 'pipeline', 'loop']),
  /** What it is a part of: the service of a replica; its own name where it stands alone, as a worker does. */
  owner: text,
  workspace: z.nullable(z.string()),
  /** Its name in a sentence for those who look: an artifact, a model. */
  about: z._default(z.nullable(z.string()), null),
  /** What else whoever has it started knows it by: the backend and the address of a worker. */
  labels: z._default(z.record(z.string(), z.string()), {}),
  argv: z.array(z.string()).check(z.minLength(1)),
  cwd: z.string().check(z.regex(/^\//)),
  /** File on its standard input, absolute; nothing is on it otherwise. */
  stdin: z._default(z.nullable(z.string().check(z.regex(/^\//))), null),
  /** What the program itself suggests, below everything else. */
  defaults: z._default(z.record(z.string(), z.string()), {}),
  /** Sets of variables below its own, and the vaults behind them, as they are when it starts; the last is on top. */
  sets: z._default(z.array(z.string()), []),
  env: z._default(z.record(z.string(), z.string()), {}),
  port: z._default(z.nullable(z.number()), null),
  /** `{callback}` in its arguments and variables stands for a URL at which the run tells, once, that it is about to be ready. */
  callback: z._default(z.boolean(), false),
  restart: z.prefault(restartSchema, {}),
  stop: z.prefault(
    z.object({ signal: z._default(z.string(), 'SIGTERM'), within: z._default(milliseconds, 10_000) }),
    {},
  ),
  /** Milliseconds until it has to be ready. */
  startWithin: z._default(milliseconds, 60_000),
  ready: z._default(z.nullable(probeSchema), null),
  alive: z._default(z.nullable(probeSchema), null),
  /** Names of processes that are ready before it starts, and stop after it. */
  needs: z._default(z.array(z.string()), []),
  log: z.prefault(
    z.object({
      /** Bytes. */
      size: z._default(z.number().check(z.int(), z.minimum(4_096)), 10_000_000),
      count: z._default(z.number().check(z.int(), z.positive()), 5),
    }),
    {},
  ),
});

export type ProcessSpec = z.infer<typeof specSchema>;
