import type { Context } from '#engines/core/context.ts';
import { GantryError } from '#engines/core/errors.ts';
import { isAbsent } from './connect.ts';
import { daemonFiles } from './files.ts';
import { request } from './greet.ts';
import type { DaemonStatus, Living } from './types.ts';

export async function readStatus(_: unknown, { paths }: Pick<Context, 'paths'>): Promise<DaemonStatus> {
  const { socket } = daemonFiles(paths);
  const living = await askLiving(socket);
  return { running: living !== undefined, socket, ...living };
}

/** Nothing where no daemon listens; throws `daemon-silent` where one hangs. */
export async function askLiving(socket: string): Promise<Living | undefined> {
  try {
    const { reply, close } = await request(socket, { kind: 'status' }, 'status');
    close();
    return reply.status;
  } catch (thrown) {
    if (isAbsent(thrown)) return undefined;
    throw thrown;
  }
}

export function isSilent(thrown: unknown): boolean {
  return thrown instanceof GantryError && thrown.failure.code === 'daemon-silent';
}
