import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { pids } from '../pids.ts';

const LISTENS = '0A';

export const NOBODY = 'nobody';

/** One look at the ports of this machine on which somebody listens. */
export interface Ports {
  isFree(port: number): Promise<boolean>;
  /** `nobody`, or who listens there: `node, pid 4711`. */
  ownerOf(port: number): Promise<string>;
  /** Those of this user that have a socket there, as far as the system tells. */
  pidsAt(port: number): number[];
}

export function lookAtPorts(): Ports {
  const sockets = listeningSockets();
  if (!sockets) {
    const ownerOf = async (port: number) => ((await canListen(port)) ? NOBODY : 'another program');
    return { isFree: canListen, ownerOf, pidsAt: () => [] };
  }
  let holders: Map<string, number[]> | undefined;

  /** Descriptors of all processes are read once, and only where somebody wants to know. */
  function pidsAt(port: number): number[] {
    const inodes = sockets?.get(port);
    if (!inodes) return [];
    holders ??= socketHolders();
    return [...inodes].flatMap((inode) => holders?.get(`socket:[${inode}]`) ?? []);
  }

  return {
    isFree: async (port) => !sockets.has(port),
    ownerOf: async (port) => {
      if (!sockets.has(port)) return NOBODY;
      const [pid] = pidsAt(port);
      return pid === undefined ? 'a program of another user' : `${programOf(pid)}, pid ${pid}`;
    },
    pidsAt,
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

/** Who has each socket open, by what their descriptors say. */
function socketHolders(): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  for (const pid of pids()) {
    for (const target of descriptorsOf(pid)) {
      if (target.startsWith('socket:')) holders.set(target, [...(holders.get(target) ?? []), pid]);
    }
  }
  return holders;
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
