import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { limitBody } from './limit.ts';
import { onlyLocal } from './local.ts';
import { refusal } from './refusal.ts';

const LOOPBACK = '127.0.0.1';

/** Milliseconds. */
const TIMES = { headers: 10_000, request: 30_000, keepAlive: 5_000, farewell: 2_000 };

/** Bytes. */
const LARGEST = { headers: 16_384, body: 1_048_576 };

/** Connections at once; those beyond are closed unheard. */
const MOST = 256;

/** What answers: a `Hono`, or anything that is called like one. */
export interface Answering {
  fetch(request: Request, bindings: HttpBindings): Response | Promise<Response>;
  /** Nobody asks any more: what goes on for ever ends. */
  leave?(): void;
}

/** What a server that is not like the others allows. */
export interface Limits {
  /** Bytes of a body at the most, beyond which the answer is 413; `Infinity` leaves that to what answers. */
  largestBody?: number;
  /** Milliseconds until a request has come as a whole; 0 leaves that to what answers. */
  request?: number;
  /** Connections at once. */
  connections?: number;
}

interface ServeOptions extends Limits {
  /** 0 takes any that is free. */
  port: number;
  /** Hears what `app` threw; whoever asked is told nothing of it. */
  failed(thrown: unknown): void;
}

/** A server that can be reached from this machine alone. */
export interface Listening {
  readonly port: number;
  /** Without a slash at its end. */
  readonly url: string;
  /** The port is free at once; ends when what is being answered has been, or has had its time. Never rejects. */
  close(): Promise<void>;
}

/**
 * Answers on the loopback, and only to requests that were meant for it: a page in a browser that has its own name point
 * here is refused. Throws what Node throws where the port is taken (`EADDRINUSE`) or may not be had (`EACCES`).
 */
export async function serveHttp(
  app: Answering,
  { port, largestBody = LARGEST.body, request = TIMES.request, connections = MOST, failed }: ServeOptions,
): Promise<Listening> {
  let isClosing = false;
  const guarded = new Hono<{ Bindings: HttpBindings }>();
  guarded.use(async (context, next) => {
    await next();
    if (isClosing) context.header('connection', 'close');
  });
  guarded.use(onlyLocal);
  if (Number.isFinite(largestBody)) guarded.use(limitBody(largestBody));
  guarded.mount('/', (request, bindings) => app.fetch(request, bindings), { replaceRequest: false });
  guarded.onError((thrown) => {
    failed(thrown);
    return refusal(500, 'unexpected', 'The request failed; the log of the daemon has why.');
  });
  const server = createAdaptorServer({
    fetch: guarded.fetch,
    overrideGlobalObjects: false,
    serverOptions: {
      maxHeaderSize: LARGEST.headers,
      headersTimeout: TIMES.headers,
      requestTimeout: request,
      keepAliveTimeout: TIMES.keepAlive,
    },
  }) as Server;
  server.maxConnections = connections;
  await listening(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    url: `http://${LOOPBACK}:${bound}`,
    close() {
      isClosing = true;
      app.leave?.();
      return closed(server);
    },
  };
}

async function listening(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, LOOPBACK, resolve);
  await promise;
  server.off('error', reject);
}

async function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => server.closeAllConnections(), TIMES.farewell);
  server.close(() => resolve());
  server.closeIdleConnections();
  await promise;
  clearTimeout(timer);
}
