import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';
import { daemonError } from './errors.ts';

/** What the daemon of one user keeps on a machine; all absolute. */
export interface DaemonFiles {
  socket: string;
  /** Locked by the serving daemon for as long as it serves. */
  lock: string;
  /** Tells who serves. */
  record: string;
  /** Locked by the one client that starts a daemon. */
  startLock: string;
  log: string;
  /** What the runtime itself prints when it dies; part of the log from the next start on. */
  stderr: string;
}

/** Bytes of a socket's path that every system takes (macOS has 104 with the end, Linux 108), less a `.new` at its end. */
const SOCKET_PATH_LIMIT = 99;

export function daemonFiles({ runtime, state }: Pick<Paths, 'runtime' | 'state'>): DaemonFiles {
  return {
    socket: socketPath(runtime, 'daemon.sock'),
    lock: join(runtime, 'daemon.lock'),
    record: join(runtime, 'daemon.json'),
    startLock: join(runtime, 'daemon.start.lock'),
    log: join(state, 'daemon.log'),
    stderr: join(state, 'daemon.stderr'),
  };
}

/** Earlier logs, oldest first; the last of them is the newest. */
export function rotatedLogs({ log }: Pick<DaemonFiles, 'log'>): string[] {
  return [`${log}.2`, `${log}.1`];
}

/** The directories in which those files can be made, closed to everybody else. Throws `runtime-unsafe`. */
export function ensureDirectories({ socket, lock, log }: DaemonFiles): void {
  for (const file of [lock, socket, log]) ensurePrivate(dirname(file));
}

/** A path too long for a socket is replaced by one that every client derives in the same way. */
export function socketPath(directory: string, name: string): string {
  const wanted = join(directory, name);
  if (Buffer.byteLength(wanted) <= SOCKET_PATH_LIMIT) return wanted;
  const place = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return join('/tmp', `gantry-${process.getuid?.() ?? 0}`, `${place}.${name}`);
}

function ensurePrivate(directory: string): void {
  const found = made(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw daemonError('runtime-unsafe', `${directory} is not a directory of this user.`, {
      next: [`ls -ld ${directory}`],
    });
  }
  if ((found.mode & 0o077) !== 0) chmodSync(directory, 0o700);
}

function made(directory: string): Stats {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return lstatSync(directory);
  } catch (thrown) {
    throw daemonError('runtime-unusable', `${directory} could not be made: ${(thrown as Error).message}.`, {
      next: [`ls -ld ${dirname(directory)}`, `df -h ${dirname(directory)}`],
      cause: thrown,
    });
  }
}
