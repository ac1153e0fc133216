import { execFile } from 'node:child_process';
import type { Context } from '#engines/core/context.ts';
import type { LogFile } from './open.ts';

/** Bytes behind the end of a file that a trial names; there is nothing to give back. */
const BEYOND = 2 ** 30;

/**
 * Gives the disk space of a file's first bytes back. They read as zeros, the rest stays where it is, and no write comes
 * between; doing it twice is doing it once. Nothing is returned where it worked, otherwise the reason.
 */
export function punch(
  { file }: LogFile,
  { offset = 0, length }: { offset?: number; length: number },
  env: Context['env'],
): Promise<string | undefined> {
  const range = ['--offset', String(offset), '--length', String(length)];
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  execFile(
    'fallocate',
    ['--punch-hole', ...range, file],
    { env: { ...env, LC_ALL: 'C' } },
    (error, _, stderr) => {
      if (!error) resolve(undefined);
      else if (error.code === 'ENOENT') resolve('fallocate was not found');
      else resolve(stderr.split('\n')[0]?.replace(/^fallocate: /, '') || error.message);
    },
  );
  return promise;
}

/** Why the space of this file can't be given back; nothing where it can. */
export function whyNot(log: LogFile, env: Context['env']): Promise<string | undefined> {
  return punch(log, { offset: log.end - log.base + BEYOND, length: 4096 }, env);
}
