import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askBackend, openLines, wholeOf } from '#engines/gate/relay/upstream.ts';

const TIMES = { connect: 10_000, firstByte: 10_000, idle: 10_000 };

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const kept = () => {
  const lines = openLines();
  onTestFinished(lines.close);
  return lines;
};

const asked = (url: string, signal = new AbortController().signal) => ({
  url,
  body: '{}',
  signal,
  times: TIMES,
  via: '',
});

test('requests that follow each other share a line', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('well');
  });
  const lines = kept();
  for (let count = 0; count < 3; count++)
    expect(await wholeOf(await askBackend(asked(url), lines))).toBe('well');
  expect(ports.size).toBe(1);
});

test('a line that was hung up meanwhile is replaced, and whoever is at its other end is not blamed', async () => {
  const seen = new WeakSet<object>();
  const url = await serve(({ socket }, response) => {
    if (seen.has(socket)) return void socket.destroy();
    seen.add(socket);
    return void response.end('well');
  });
  const lines = kept();
  for (let count = 0; count < 3; count++)
    expect(await wholeOf(await askBackend(asked(url), lines))).toBe('well');
});

test('a new line that is hung up is a failure', async () => {
  const url = await serve(({ socket }) => void socket.destroy());
  await expect(askBackend(asked(url), kept())).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('an answer that breaks off is told as that, and not as its end', async () => {
  const url = await serve((_, response) => void response.write('some', () => response.destroy()));
  const { chunks } = await askBackend(asked(url), kept());
  expect(String((await chunks.next()).value)).toBe('some');
  await expect(chunks.next()).rejects.toThrow('aborted');
});

test('whoever has gone waits for nothing', async () => {
  const leaving = new AbortController();
  const url = await serve(() => leaving.abort());
  await expect(askBackend(asked(url, leaving.signal), kept())).rejects.toMatchObject({ name: 'AbortError' });
});
