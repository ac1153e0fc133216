import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Check } from '../types.ts';
import { fine, wrong } from './verdict.ts';

/** The oldest part of a log is given back to the disk by it, while the process goes on writing at the end. */
export async function toolChecks({ env }: Pick<Context, 'env'>): Promise<Check[]> {
  if (process.platform !== 'linux') return [];
  const check = 'log retention';
  const found = await programIn(env.PATH ?? '', 'fallocate');
  if (found) return [fine(check, `${found} frees the oldest part of long logs`)];
  const detail = 'fallocate was not found: the logs of processes are never shortened';
  return [wrong(check, detail, 'sudo apt-get install util-linux')];
}

async function programIn(path: string, name: string): Promise<string | undefined> {
  for (const directory of path.split(':').filter((entry) => entry.startsWith('/'))) {
    const file = join(directory, name);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}
