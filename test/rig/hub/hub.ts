import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** What a request to the hub of the tests asked for. */
export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  /** First byte and last, as asked. */
  range?: { start: number; end: number };
  authorization?: string;
  /** It is for bytes, at the address that the hub sends one to. */
  isBytes: boolean;
}

/** What goes wrong with an answer. */
export interface Fault {
  /** Answered instead. */
  status?: number;
  headers?: Record<string, string>;
  /** So many bytes come, and then the connection is cut, or nothing comes any more. */
  cutAfter?: number;
  stallAfter?: number;
  /** Bytes per second. */
  slow?: number;
  /** Made of each piece of the body. */
  change?(piece: Buffer, position: number): Buffer;
  /** It knows no ranges. */
  whole?: boolean;
}

export interface TestHub {
  url: string;
  asked: Asked[];
  /** Bytes of bodies that were sent. */
  sent(): number;
  put(repo: string, file: string, bytes: Buffer, options?: { isLarge?: boolean }): void;
  drop(repo: string, file: string): void;
  /** A mirror has its bytes at its own address. */
  isMirror: boolean;
  /** Says what goes wrong with a request; nothing where it says nothing. */
  fault: ((asked: Asked) => Fault | undefined) | undefined;
  close(): Promise<void>;
}

interface Stored {
  bytes: Buffer;
  etag: string;
  isLarge: boolean;
}

export const COMMIT = 'c0ffee0000000000000000000000000000000001';

/** A server on the loopback that speaks as the Hugging Face Hub does: metadata, redirects to signed addresses, ranges, tags. */
export async function startHub(): Promise<TestHub> {
  const stored = new Map<string, Stored>();
  let sent = 0;
  const hub: TestHub = {
    url: '',
    asked: [],
    sent: () => sent,
    fault: undefined,
    isMirror: false,
    put(repo, file, bytes, { isLarge = true } = {}) {
      const etag = isLarge ? digest('sha256', bytes) : digest('sha1', `blob ${bytes.length}\0`, bytes);
      stored.set(`${repo}/${file}`, { bytes, etag, isLarge });
    },
    drop: (repo, file) => void stored.delete(`${repo}/${file}`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(request.url ?? '/', hub.url);
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const asked: Asked = {
      method: request.method ?? '',
      path: decodeURIComponent(path),
      isBytes: path.startsWith('/bytes/'),
      ...(first !== undefined && { range: { start: Number(first), end: Number(last) } }),
      ...(request.headers.authorization !== undefined && { authorization: request.headers.authorization }),
    };
    hub.asked.push(asked);
    const fault = hub.fault?.(asked);
    if (fault?.status !== undefined) return void response.writeHead(fault.status, fault.headers).end();

    const listed = /^\/api\/models\/(.+)\/tree\/[^/]+$/.exec(asked.path)?.[1];
    if (listed !== undefined) return list(listed, response);
    if (asked.isBytes) return bytes(stored.get(asked.path.slice('/bytes/'.length)), asked, response, fault);
    const [, repo, file] = /^\/(.+?)\/resolve\/[^/]+\/(.+)$/.exec(asked.path) ?? [];
    const found = stored.get(`${repo}/${file}`);
    if (!found) return missing(repo, response);
    const tags = { etag: `"${found.etag}"`, 'x-repo-commit': COMMIT };
    if (!found.isLarge) return bytes(found, asked, response, fault, tags);
    response
      .writeHead(302, {
        ...tags,
        'x-linked-etag': `"${found.etag}"`,
        'x-linked-size': String(found.bytes.length),
        'x-xet-hash': digest('sha256', found.bytes),
        link: `<${hub.url}/api/xet>; rel="xet-auth"`,
        location: `${hub.isMirror ? hub.url : hub.url.replace('127.0.0.1', 'localhost')}/bytes/${repo}/${file}?signature=${hub.asked.length}`,
      })
      .end();
  }

  function missing(repo: string | undefined, response: ServerResponse): void {
    const isRepo = [...stored.keys()].some((key) => key.startsWith(`${repo}/`));
    const reason = isRepo ? 'EntryNotFound' : 'RepoNotFound';
    response.writeHead(isRepo ? 404 : 401, { 'x-error-code': reason }).end();
  }

  function list(repo: string, response: ServerResponse): void {
    const files = [...stored]
      .filter(([key]) => key.startsWith(`${repo}/`))
      .map(([key, { bytes, etag }]) => ({
        type: 'file',
        path: key.slice(repo.length + 1),
        size: bytes.length,
        oid: etag,
      }));
    if (files.length === 0) missing(repo, response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(files));
  }

  async function bytes(
    found: Stored | undefined,
    { method, range }: Asked,
    response: ServerResponse,
    fault: Fault = {},
    tags: Record<string, string> = {},
  ): Promise<void> {
    if (!found) return void response.writeHead(404).end();
    const size = found.bytes.length;
    const isPart = range !== undefined && !fault.whole;
    const { start, end } = isPart ? range : { start: 0, end: size - 1 };
    if (start >= size && size > 0) return void response.writeHead(416).end();
    const body = found.bytes.subarray(start, end + 1);
    response.writeHead(isPart ? 206 : 200, {
      etag: `"served-${found.etag.slice(0, 8)}"`,
      'content-length': String(body.length),
      ...(isPart && { 'content-range': `bytes ${start}-${end}/${size}` }),
      ...tags,
      ...fault.headers,
    });
    if (method === 'HEAD') return void response.end();
    await send(body, { start, fault, response });
  }

  async function send(
    body: Buffer,
    { start, fault, response }: { start: number; fault: Fault; response: ServerResponse },
  ): Promise<void> {
    const { cutAfter, stallAfter = Number.POSITIVE_INFINITY } = fault;
    await pipeline(Readable.from(pieces(body, start, fault)), response, { end: false }).catch(
      () => undefined,
    );
    if (cutAfter !== undefined && cutAfter < body.length) response.destroy();
    else if (stallAfter >= body.length) response.end();
  }

  async function* pieces(body: Buffer, start: number, fault: Fault): AsyncGenerator<Buffer> {
    const { cutAfter = body.length, stallAfter = body.length, slow, change } = fault;
    const length = Math.min(body.length, cutAfter, stallAfter);
    for (let at = 0; at < length; at += PIECE) {
      const piece = body.subarray(at, Math.min(at + PIECE, length));
      sent += piece.length;
      yield change ? change(Buffer.from(piece), start + at) : piece;
      if (slow !== undefined) await delay((PIECE / slow) * 1_000);
    }
  }
}

const PIECE = 64 * 1024;

function digest(algorithm: string, ...parts: (string | Buffer)[]): string {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
