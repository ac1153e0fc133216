import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Applied } from '#engines/core/operation.ts';
import { ownEdition } from './build.ts';
import { daemonInstance } from './facts.ts';
import { daemonFiles } from './files.ts';
import { daemonLaunch } from './program.ts';
import { reachDaemon } from './reach.ts';
import { askLiving } from './status.ts';
import type { Living } from './types.ts';
import { replaces, VERSION } from './version.ts';

export async function applyStart(_: unknown, context: Context): Promise<Applied> {
  const host = await reachDaemon({ ...context, version: VERSION, launch: daemonLaunch(context.env) });
  await host.close();
  const living = await askLiving(daemonFiles(context.paths).socket);
  return living ? left(living) : { summary: `pid ${host.pid}` };
}

export async function checkStart(_: unknown, { paths, env }: Context): Promise<Applied | undefined> {
  const living = await askLiving(daemonFiles(paths).socket);
  return living && !replaces(ownEdition(env), living) ? left(living) : undefined;
}

function left({ pid, instance }: Living): Applied {
  return { summary: `pid ${pid}`, result: { instance }, leaves: [expect(daemonInstance, {}, instance)] };
}
