import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { World } from '../rig/home.ts';

export type SilentRemote = {
  url: string;
  /** Resolves once a git has connected. */
  reached: Promise<void>;
  /** Hangs up on everybody who waits, and on everybody who comes. */
  hangUp(): void;
};

/** A remote whose machine accepts the connection and then says nothing. */
export const silentRemote = async (world: World): Promise<SilentRemote> => {
  const sockets = new Set<Socket>();
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  let open = true;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.resume();
    if (!open) socket.destroy();
    resolve();
  });
  const hangUp = () => {
    open = false;
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  world.defer(() => {
    hangUp();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `git://127.0.0.1:${port}/repo.git`, reached, hangUp };
};

/** An address at which nobody listens. */
export const deadRemote = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `git://127.0.0.1:${port}/repo.git`;
};
