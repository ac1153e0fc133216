import type { Context } from '#engines/core/context.ts';
import { isAlive } from '#engines/store/process.ts';
import { daemonFiles } from './files.ts';
import { readRecord } from './record.ts';
import { askLiving, isSilent } from './status.ts';

export const NONE = 'none';

/** Who serves, by its own word, or by its record where it gives none. */
export async function readInstance(
  _: unknown,
  __: unknown,
  { paths }: Pick<Context, 'paths'>,
): Promise<string> {
  const files = daemonFiles(paths);
  try {
    return (await askLiving(files.socket))?.instance ?? NONE;
  } catch (thrown) {
    const record = isSilent(thrown) ? readRecord(files) : undefined;
    if (record && isAlive(record.instance)) return record.instance;
    throw thrown;
  }
}
