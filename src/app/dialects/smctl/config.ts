import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Environment } from '#app/cli/globals.ts';
import { tellLines } from '#app/surface/streams.ts';
import { visible } from '#engines/core/visible.ts';
import type { Given, Manner } from '../dialect.ts';
import { dialectError } from '../errors.ts';
import { LEVELS, type Level } from './log.ts';
import { levelOf } from './options.ts';

const configSchema = z.looseObject({
  log_level: z.optional(z.enum(Object.keys(LEVELS) as [Level, ...Level[]])),
  no_color: z.optional(z.boolean({ error: 'expected true or false' })),
});

/** What a person has set for smctl in a file, as far as the command line and its variables say nothing else. */
export async function configure(manner: Manner, options: Given, env: Environment): Promise<Manner> {
  const level = levelOf(options, env);
  const { log_level, no_color } = await readConfig(manner, options, env);
  const file = (options.logFile as string | undefined) ?? (env.SMCTL_LOG_FILE || undefined);
  const least = level ?? log_level ?? (file === undefined ? undefined : 'info');
  return {
    ...manner,
    noColor: manner.noColor || no_color === true,
    ...(least && { log: { level: least, ...(file !== undefined && { file }) } }),
  };
}

async function readConfig({ quiet }: Manner, options: Given, env: Environment) {
  const named = (options.config as string | undefined) ?? (env.SMCTL_CONFIG || undefined);
  const base = env.XDG_CONFIG_HOME || join(env.HOME ?? '/', '.config');
  const file = named ?? join(base, 'smctl', 'config.toml');
  if (!existsSync(file)) {
    if (named !== undefined && !quiet)
      tellLines([`smctl: there is no ${visible(file)}: nothing is set by it`]);
    return {};
  }
  // Whoever has set nothing does not wait for the parser.
  const { parseToml } = await import('#engines/workspace/toml.ts');
  try {
    const read = configSchema.safeParse(parseToml(readFileSync(file, 'utf8')));
    if (read.success) return read.data;
    const [{ path = [], message = '' } = {}] = read.error.issues;
    throw new Error(`${path.join('.')}: ${message}`);
  } catch (thrown) {
    throw dialectError('config-invalid', `${file}: ${(thrown as Error).message}`, {
      next: ['the same command with --config /dev/null'],
    });
  }
}
