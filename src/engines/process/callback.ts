import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from '#engines/core/context.ts';
import { isRecord } from '#engines/core/json.ts';
import type { ProcessIdentity } from '#engines/store/process.ts';
import { pidOf } from './signal.ts';

/**
 * Where one run tells that it is about to be ready, for programs that end where nobody hears it. It sends no credentials,
 * so that its address is known to nobody else, and is good for once.
 */
export interface Callback {
  url: string;
  close(): void;
}

interface Address {
  /** Any free one unless told. */
  port?: number;
  token?: string;
}

const LOOPBACK = '127.0.0.1';
const OK = 200;
const PLACEHOLDER = '{callback}';
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\/ready\/([\w-]{36})/;

/** Characters of what it has to say. */
const LONGEST = 65_536;

export async function openCallback({ port = 0, token = randomUUID() }: Address = {}): Promise<Callback> {
  const path = `/ready/${token}`;
  const server = createServer(async (request, response) => {
    const status = await answerTo(request, path);
    response.writeHead(status, { connection: 'close' }).end();
    if (status === OK) server.close();
  });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, LOOPBACK, resolve).unref();
  await listening;
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${bound}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The same address again, for a process that another daemon started: it stands in the arguments. */
export async function resumeCallback(identity: ProcessIdentity): Promise<Callback | undefined> {
  const [, port, token] = ADDRESS.exec(argumentsOf(identity)) ?? [];
  if (port === undefined || token === undefined) return undefined;
  // Somebody else may have the port by now: then the program hears nobody, and ends.
  return openCallback({ port: Number(port), token }).catch(() => undefined);
}

interface Program {
  argv: string[];
  env: Context['env'];
}

export function withCallback({ argv, env }: Program, callback: Callback | undefined): Program {
  if (!callback) return { argv, env };
  const filled = (word: string) => word.replaceAll(PLACEHOLDER, callback.url);
  return {
    argv: argv.map(filled),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value && filled(value)])),
  };
}

async function answerTo(request: IncomingMessage, path: string): Promise<number> {
  if (request.url !== path) return 404;
  if (request.method !== 'POST') return 405;
  return (await saysWhere(request)) ? OK : 400;
}

/** Generations of workers differ in what they call the address that they are about to serve at. */
async function saysWhere(request: IncomingMessage): Promise<boolean> {
  let text = '';
  try {
    for await (const chunk of request.setEncoding('utf8')) {
      text += chunk;
      if (text.length > LONGEST) return false;
    }
    const body: unknown = JSON.parse(text);
    return isRecord(body) && [body.uri, body.url].some((where) => typeof where === 'string');
  } catch {
    return false;
  }
}

function argumentsOf(identity: ProcessIdentity): string {
  const place = `/proc/${pidOf(identity)}`;
  try {
    return readFileSync(`${place}/cmdline`, 'latin1') + readFileSync(`${place}/environ`, 'latin1');
  } catch {
    return '';
  }
}
