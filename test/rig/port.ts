import { createServer } from 'node:net';

/** A port of the loopback that nobody has, for a program that has to be told one. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listening(server, 0);
  await new Promise((closed) => server.close(closed));
  return port;
};

export const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  try {
    await listening(server, port);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
};

const listening = async (server: ReturnType<typeof createServer>, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as { port: number }).port;
};
