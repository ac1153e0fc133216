import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { ownEdition } from '#engines/daemon/build.ts';
import { daemonFiles } from '#engines/daemon/files.ts';
import { keptRunning } from '#engines/daemon/kept.ts';
import { askLiving } from '#engines/daemon/status.ts';
import type { Living } from '#engines/daemon/types.ts';
import { replaces } from '#engines/daemon/version.ts';
import type { Check } from '../types.ts';
import { fine, wrong } from './verdict.ts';

const CHECK = 'daemon';

export async function servingCheck(context: Context): Promise<Check[]> {
  try {
    const living = await askLiving(daemonFiles(context.paths).socket);
    return [living ? ofLiving(living, context) : ofNone(keptCount(context))];
  } catch (thrown) {
    const { message, next } = failureOf(thrown);
    return [wrong(CHECK, message, next?.at(-1) ?? 'gantry daemon logs')];
  }
}

/** A database that can't be read is another check's affair. */
function keptCount(context: Context): number {
  try {
    return keptRunning(context).length;
  } catch {
    return 0;
  }
}

function ofLiving(living: Living, { env }: Context): Check {
  const { version, pid } = living;
  if (!replaces(ownEdition(env), living)) return fine(CHECK, `runs, version ${version}, pid ${pid}`);
  return wrong(CHECK, `runs an older build, version ${version}, pid ${pid}`, 'gantry daemon restart');
}

function ofNone(kept: number): Check {
  if (kept === 0) return fine(CHECK, 'does not run; it is started when it is needed');
  const processes = kept === 1 ? '1 process is' : `${kept} processes are`;
  return wrong(CHECK, `does not run, and ${processes} not looked after`, 'gantry daemon start');
}
