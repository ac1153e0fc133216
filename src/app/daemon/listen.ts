import { chmodSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Wire } from '#engines/daemon/connect.ts';

export interface Listener {
  /** Takes the socket away; connections that are open stay. */
  close(): void;
}

/**
 * Listens on a socket for this user alone, in the place of whatever a dead process left there.
 * The socket appears under its name only when it answers, and there is no moment without one.
 */
export async function listen(path: string, accept: (wire: Wire) => void): Promise<Listener> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    // Whoever reads sees a broken connection as its end; without a listener the error would end the process.
    socket.on('error', () => {});
    accept({ readable: socket, writable: socket });
  });
  const unready = `${path}.new`;
  rmSync(unready, { force: true });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('listening', resolve);
  server.once('error', reject);
  server.listen(unready);
  await promise;
  chmodSync(unready, 0o600);
  renameSync(unready, path);
  return {
    close() {
      rmSync(path, { force: true });
      server.close();
    },
  };
}
