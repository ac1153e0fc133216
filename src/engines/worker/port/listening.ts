import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { pids } from '#engines/process/pids.ts';

const LISTENS = '0A';

export const NOBODY = 'nobody';

/** One look at the ports of this machine on which somebody listens. */
export interface Ports {
  isFree(port: number): Promise<boolean>;
  /** `nobody`, or who listens there: `node, pid 4711`. */
  ownerOf(port: number): Promise<string>;
}

export function lookAtPorts(): Ports {
  const sockets = listeningSockets();
  if (!sockets) {
    const ownerOf = async (port: number) => ((await canListen(port)) ? NOBODY : 'another program');
    return { isFree: canListen, ownerOf };
  }
  return {
    isFree: async (port) => !sockets.has(port),
    ownerOf: async (port) => {
      const inodes = sockets.get(port);
      return inodes ? (holderOf(inodes) ?? 'a program of another user') : NOBODY;
    },
  };
}

/** Inodes of the sockets that wait for connections, by port; undefined on systems without /proc. */
function listeningSockets(): Map<number, Set<string>> | undefined {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(linesOf);
  if (tables.every((lines) => lines === undefined)) return undefined;
  const sockets = new Map<number, Set<string>>();
  for (const line of tables.flatMap((lines) => lines ?? [])) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state !== LISTENS) continue;
    const port = Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16);
    sockets.set(port, (sockets.get(port) ?? new Set()).add(inode));
  }
  return sockets;
}

function holderOf(inodes: ReadonlySet<string>): string | undefined {
  const wanted = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  const pid = pids().find((one) => descriptorsOf(one).some((target) => wanted.has(target)));
  return pid === undefined ? undefined : `${programOf(pid)}, pid ${pid}`;
}

function descriptorsOf(pid: number): string[] {
  const dir = `/proc/${pid}/fd`;
  try {
    return readdirSync(dir).map((name) => readlinkSync(`${dir}/${name}`));
  } catch {
    return [];
  }
}

function programOf(pid: number): string {
  return linesOf(`/proc/${pid}/comm`)?.[0] ?? 'a program';
}

function linesOf(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'latin1').split('\n');
  } catch {
    return undefined;
  }
}

function canListen(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, () => server.close(() => resolve(true)));
  return promise;
}
