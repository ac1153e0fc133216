import * as z from 'zod/mini';

interface Setting<S extends z.ZodMiniType = z.ZodMiniType> {
  schema: S;
  fallback: z.output<S>;
  /** One line, sentence case, no full stop. */
  description: string;
  unit?: string;
  /** A workspace can't set it: it concerns the person or the machine, or names a program that is run. */
  personal?: boolean;
  /** It is run as a command, so that only a person sets it. */
  command?: boolean;
}

type Declared<S extends z.ZodMiniType> = Omit<Setting<S>, 'schema'> & { schema: () => S };

/** Every setting there is; the environment variable of `undo.keepDays` is GANTRY_UNDO_KEEP_DAYS. */
export const SETTINGS = {
  'repo.budget': setting({
    schema: () => whole(50, 60_000),
    fallback: 1_000,
    description: 'Time that reading the status of one repo may take before it is shown as partial',
    unit: 'milliseconds',
  }),
  'git.concurrency': setting({
    schema: () => whole(0, 256),
    fallback: 0,
    description: 'How many git processes run at once; 0 goes by the processors of the machine',
    personal: true,
  }),
  'fetch.interval': setting({
    schema: () => whole(0, 10_080),
    fallback: 0,
    description: 'How often the daemon fetches watched repos in the background; 0 is never',
    unit: 'minutes',
  }),
  'flow.style': setting({
    schema: () => z.enum(['gantry', 'avh']),
    fallback: 'gantry',
    description: "Whose ways flow commands take: Gantry's own, or those of git-flow (AVH)",
  }),
  'undo.keepDays': setting({
    schema: () => whole(1, 3_650),
    fallback: 30,
    description: 'How long snapshots and removed files are kept for undo',
    unit: 'days',
    personal: true,
  }),
  'undo.keepMegabytes': setting({
    schema: () => whole(1, 1_000_000),
    fallback: 2_000,
    description:
      'How much the snapshots of a repo, and all removed files, may take before the oldest are deleted',
    unit: 'megabytes',
    personal: true,
  }),
  'daemon.idleMinutes': setting({
    schema: () => whole(0, 10_080),
    fallback: 30,
    description: 'How long a daemon that nobody uses stays; 0 is for ever',
    unit: 'minutes',
    personal: true,
  }),
  'http.enabled': setting({
    schema: () => z.boolean(),
    fallback: false,
    description: "Whether the daemon's HTTP server listens though no trigger needs it",
    personal: true,
  }),
  'http.port': setting({
    schema: () => whole(1, 65_535),
    fallback: 7_420,
    description: "Port of the daemon's HTTP server on the loopback: webhooks and tasks of agents",
    personal: true,
  }),
  'screen.keymap': setting({
    schema: () => z.enum(['default', 'strict']),
    fallback: 'default',
    description: 'Table of keys that the screen starts from',
    personal: true,
  }),
  'screen.colour': setting({
    schema: () => z.enum(['auto', '16', 'never']),
    fallback: 'auto',
    description: 'Colours of the screen: what the terminal can show, sixteen, none',
    personal: true,
  }),
  'screen.icons': setting({
    schema: () => z.enum(['ascii', 'unicode', 'nerd']),
    fallback: 'unicode',
    description: 'Signs of the screen; nerd needs a patched font',
    personal: true,
  }),
  'screen.maxFps': setting({
    schema: () => whole(1, 120),
    fallback: 30,
    description: 'How often the screen is painted at the most',
    unit: 'frames per second',
    personal: true,
  }),
  'worker.firstPort': setting({
    schema: () => whole(1_024, 65_535),
    fallback: 8_001,
    description: 'Port from which on a free one is looked for, where a worker is told none',
    personal: true,
  }),
  'pool.use': setting({
    schema: () => z.enum(['auto', 'never']),
    fallback: 'auto',
    description: 'Whether workers are spawned, listed and stopped by a pool manager that answers on its port',
    personal: true,
  }),
  'pool.port': setting({
    schema: () => whole(1, 65_535),
    fallback: 9_200,
    description: 'Port of the loopback on which a pool manager is looked for, and the pool API is served',
    personal: true,
  }),
  'pool.tokenFile': setting({
    schema: () => z.string().check(z.maxLength(1_000)),
    fallback: '',
    description: 'File with the token that a pool manager wants; GANTRY_POOL_TOKEN goes before it',
    personal: true,
  }),
  'pool.enabled': setting({
    schema: () => z.boolean(),
    fallback: false,
    description: 'Whether the daemon serves the pool API',
    personal: true,
  }),
  'models.directory': setting({
    schema: () => z.string().check(z.maxLength(1_000)),
    fallback: '',
    description:
      'Directory of models, for whoever asks; GANTRY_MODELS goes before it, and empty is .test-models of the workspace',
    personal: true,
  }),
  'download.concurrency': setting({
    schema: () => whole(1, 64),
    fallback: 2,
    description: 'How many files are downloaded at once; the others wait for their turn',
    personal: true,
  }),
  'download.connections': setting({
    schema: () => whole(1, 32),
    fallback: 4,
    description: 'How many parts of one file are downloaded at once',
    personal: true,
  }),
  'download.limit': setting({
    schema: () => whole(0, 100_000),
    fallback: 0,
    description: 'How much all downloads together take of the line; 0 is without limit',
    unit: 'megabytes per second',
    personal: true,
  }),
  'gate.url': setting({
    schema: () => z.string().check(z.maxLength(1_000)),
    fallback: '',
    description:
      'Address of the model gateway, below MODELGATE_URL and [gate] of a workspace; empty is this machine',
    personal: true,
  }),
  'gate.within': setting({
    schema: () => whole(1, 86_400),
    fallback: 30,
    description: 'How long a model gateway may take to answer, below [gate] of a workspace',
    unit: 'seconds',
    personal: true,
  }),
  'gate.enabled': setting({
    schema: () => z.boolean(),
    fallback: false,
    description: 'Whether the daemon serves a model gateway; gate serve and gate stop set it',
    personal: true,
  }),
  'gate.port': setting({
    schema: () => whole(1, 65_535),
    fallback: 8_080,
    description: "Port of the loopback that the daemon's model gateway listens on",
    personal: true,
  }),
  'gate.models': setting({
    schema: () => z.string().check(z.maxLength(1_000)),
    fallback: '',
    description: 'Directory that models given to the gateway are kept in; empty goes by GANTRY_MODELS',
    personal: true,
  }),
  'gate.firstByteSeconds': setting({
    schema: () => whole(1, 86_400),
    fallback: 300,
    description: 'How long a worker may take to begin an answer before the gateway asks another one',
    unit: 'seconds',
    personal: true,
  }),
  'gate.idleSeconds': setting({
    schema: () => whole(1, 86_400),
    fallback: 60,
    description: 'How long a worker may be silent within an answer before the gateway ends it',
    unit: 'seconds',
    personal: true,
  }),
  'models.converter': setting({
    schema: () => z.string().check(z.maxLength(1_000)),
    fallback: '',
    description:
      "Where llama.cpp's convert_hf_to_gguf.py is; it is run for models that are converted, where no workspace has it",
    personal: true,
    command: true,
  }),
  editor: setting({
    schema: () => z.string().check(z.maxLength(1_000)),
    fallback: '',
    description: 'Command that opens a file; empty goes by VISUAL and EDITOR',
    personal: true,
    command: true,
  }),
  'log.level': setting({
    schema: () => z.enum(['error', 'warn', 'info', 'debug']),
    fallback: 'info',
    description: "How much the daemon's log tells",
    personal: true,
  }),
} as const satisfies Record<string, Setting>;

export type Key = keyof typeof SETTINGS;
export type Settings = { -readonly [K in Key]: z.output<(typeof SETTINGS)[K]['schema']> };
export type Value = string | number | boolean;

export const KEYS = Object.keys(SETTINGS) as Key[];

export function isKey(key: string): key is Key {
  return Object.hasOwn(SETTINGS, key);
}

export function settingOf(key: Key): Setting<z.ZodMiniType<Value>> {
  return SETTINGS[key] as Setting<z.ZodMiniType<Value>>;
}

/** `undo.keepDays` is GANTRY_UNDO_KEEP_DAYS. */
export function variableOf(key: Key): string {
  return `GANTRY_${key
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .replaceAll('.', '_')
    .toUpperCase()}`;
}

/** A schema is built where a value is checked: every command declares all settings and reads a few. */
function setting<S extends z.ZodMiniType>({ schema, ...rest }: Declared<S>): Setting<S> {
  return {
    ...rest,
    get schema() {
      return schema();
    },
  };
}

function whole(least: number, most: number) {
  return z.int().check(z.minimum(least), z.maximum(most));
}
