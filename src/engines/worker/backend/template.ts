import * as z from 'zod/mini';
import { durationOf } from '#engines/core/duration.ts';

export const DIALECTS = ['candled', 'openai', 'ollama', 'none'] as const;
export const RESTARTS = ['never', 'on-failure', 'always'] as const;
export const ORIGINS = ['shipped', 'user', 'workspace'] as const;

const text = z.string().check(z.minLength(1));

/** What `health` may be: a path on its own port, `tcp` for whether that is open, or `none`. */
export const healthText = text.check(z.regex(/^(\/\S*|tcp|none)$/, 'expected a path, tcp or none'));

/**
 * The table `[backends.NAME]` of a configuration; names are the file's own. In words of the command and in values of
 * variables `{model}`, `{port}`, `{bind}`, `{gpu}`, `{id}` and `{callback}` stand for what a worker is given.
 */
export const templateSchema = z.strictObject({
  /** The program and its arguments: no shell takes them apart. */
  command: z.array(text).check(z.minLength(1)),
  env: z._default(z.record(z.string(), z.string()), {}),
  /** What stands for a model: a file, a name that the program knows, or a file where there is one. */
  model: z._default(z.enum(['file', 'name', 'either']), 'file'),
  /** Which memory the model has to fit into. */
  memory: z._default(z.enum(['ram', 'vram']), 'ram'),
  health: z._default(healthText, '/health'),
  dialect: z._default(z.enum(DIALECTS), 'none'),
  restart: z._default(z.enum(RESTARTS), 'never'),
  /** How long it may take to be ready. */
  start_within: z._default(
    text.check(z.refine((words) => durationOf(words) !== undefined, 'expected a duration: 90s, 10m')),
    '10m',
  ),
  stop_signal: z._default(z.enum(['SIGTERM', 'SIGINT', 'SIGQUIT']), 'SIGTERM'),
});

export type Template = Omit<z.infer<typeof templateSchema>, 'command'>;

/** A template with its name, where it stands, and every form of its command: the first whose program is there is run. */
export interface Backend extends Template {
  name: string;
  origin: (typeof ORIGINS)[number];
  commands: string[][];
}

export function backendOf(
  { command, ...template }: z.infer<typeof templateSchema>,
  { name, origin, others = [] }: Pick<Backend, 'name' | 'origin'> & { others?: string[][] },
): Backend {
  return { ...template, name, origin, commands: [command, ...others] };
}
