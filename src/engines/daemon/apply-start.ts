import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { ownEdition } from './build.ts';
import { daemonInstance } from './facts.ts';
import { daemonFiles } from './files.ts';
import { daemonLaunch, type Launch } from './program.ts';
import { reachDaemon } from './reach.ts';
import { askLiving } from './status.ts';
import type { Living } from './types.ts';
import type { ManagerId } from './unit/manager.ts';
import { replaces, VERSION } from './version.ts';

type Start = Application<{ through?: ManagerId }>;

export async function applyStart({ args }: Start, context: Context): Promise<Applied> {
  const launch = await launchOf(args, context);
  const host = await reachDaemon({ ...context, version: VERSION, launch });
  await host.close();
  const living = await askLiving(daemonFiles(context.paths).socket);
  return living ? left(living) : { summary: `pid ${host.pid}` };
}

export async function checkStart(_: unknown, { paths, env }: Context): Promise<Applied | undefined> {
  const living = await askLiving(daemonFiles(paths).socket);
  return living && !replaces(ownEdition(env), living) ? left(living) : undefined;
}

/**
 * The manager starts nothing where it can't be reached or an older daemon still finishes its work under it, and another
 * program where its unit is that of another.
 */
async function launchOf({ through }: Start['args'], context: Context): Promise<Launch> {
  const own = daemonLaunch(context.env);
  if (!through) return own;
  const { readUnit } = await import('./unit/read.ts');
  const unit = await readUnit(context);
  if (!unit || unit.unreachable !== null || unit.pid !== null) return own;
  if (unit.manager.programIn(unit.text ?? '') !== own.command) return own;
  const [command = '', ...args] = unit.manager.start();
  return { command, args, delegates: true };
}

function left({ pid, instance }: Living): Applied {
  return { summary: `pid ${pid}`, result: { instance }, leaves: [expect(daemonInstance, {}, instance)] };
}
