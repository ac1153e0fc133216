import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { GantryError } from '#engines/core/errors.ts';
import { daemonError } from './errors.ts';

/** Both directions to a host: a socket, or the pipes of a child or of ssh. */
export interface Wire {
  readable: Readable;
  writable: Writable;
}

/** Nobody listens: no socket, a socket that a dead daemon left, or one that closes this very moment. */
const ABSENT = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTSOCK']);

const NOBODY_SERVES = new Set(['daemon-absent', 'daemon-stopping']);

/** Throws `daemon-absent` where nobody listens. */
export async function openSocket(path: string): Promise<Wire> {
  const socket = connect(path);
  // Whoever reads sees a broken connection as its end; without a listener the error would end the process.
  socket.on('error', () => {});
  const opened = Promise.withResolvers<void>();
  socket.once('connect', opened.resolve);
  socket.once('error', opened.reject);
  try {
    await opened.promise;
    return { readable: socket, writable: socket };
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (ABSENT.has(code ?? '')) throw absent();
    throw daemonError('runtime-unusable', `The daemon's socket ${path} can't be used: ${message}.`, {
      next: [`ls -l ${path}`],
      cause: thrown,
    });
  }
}

export function absent(): GantryError {
  return daemonError('daemon-absent', 'No daemon is running.', { next: ['gantry daemon start'] });
}

/** Whether nobody listens, or whoever did is about to end: another daemon can be started. */
export function isAbsent(thrown: unknown): boolean {
  return thrown instanceof GantryError && NOBODY_SERVES.has(thrown.failure.code);
}

export function closeWire({ readable, writable }: Wire): void {
  writable.end();
  readable.destroy();
}
