import type { IncomingMessage } from 'node:http';
import { fileAddress } from '../hub/address.ts';
import { refusalOf, retryAfter } from '../hub/answer.ts';
import { authorization, redirectOf } from '../hub/ask.ts';
import { bare, type HubFile } from '../hub/file.ts';
import type { Hub } from '../hub/hub.ts';
import type { Line } from '../line.ts';
import { Passing } from './passing.ts';

/** Bytes of a file, from a first one on. */
export interface Bytes {
  response: IncomingMessage;
  /** The byte that comes first: 0 where the server knows no ranges. */
  start: number;
}

/** The hub has another file under that name than the one that was begun. */
export class Changed extends Error {
  override readonly name = 'Changed';
}

/** Where the bytes of one file come from. */
export interface Source {
  /** Asks for bytes from `start` to before `end`. */
  open(range: { start: number; end: number }, signal: AbortSignal): Promise<Bytes>;
}

export interface SourceOptions {
  file: HubFile;
  hub: Hub;
  line: Line;
  /** Milliseconds of silence after which a connection is given up. */
  silence: number;
  now(): number;
}

const REDIRECTS = 5;

export function openSource({ file, hub, line, silence, now }: SourceOptions): Source {
  const { commit, revision, etag, size } = file;
  const address = fileAddress(hub.endpoint, { ...file, revision: commit ?? revision });
  /** Where the hub has sent us last, and what the file is called there. */
  let located: URL | undefined;
  let servedAs: string | undefined;

  async function open({ start, end }: { start: number; end: number }, signal: AbortSignal): Promise<Bytes> {
    const range = { range: `bytes=${start}-${end - 1}` };
    let at = located ?? address;
    for (let hops = 0; hops <= REDIRECTS; hops += 1) {
      const isHub = at.origin === address.origin;
      const headers = { ...range, ...(isHub ? authorization(hub) : {}) };
      const response = await line.ask(at, { headers, silence, signal });
      const next = redirectOf(response, at);
      if (!next) {
        try {
          return answered(response, start, at === address);
        } catch (thrown) {
          response.destroy();
          throw thrown;
        }
      }
      response.resume();
      if (at === address) requireSame(response);
      located = next;
      at = next;
    }
    throw new Passing('server', 'the hub sends one from address to address');
  }

  function answered(response: IncomingMessage, start: number, isAddress: boolean): Bytes {
    const status = response.statusCode ?? 0;
    if (status !== 200 && status !== 206) throw refused(response, isAddress);
    if (isAddress) requireSame(response);
    const total = totalOf(response);
    if (total !== undefined && total !== size) throw new Changed('the file has changed');
    requireServedAs(bare(response.headers.etag));
    if (status === 200) return { response, start: 0 };
    const first = Number(/^bytes (\d+)-/.exec(response.headers['content-range'] ?? '')?.[1] ?? Number.NaN);
    if (first !== start) throw new Passing('server', 'other bytes came than were asked for');
    return { response, start };
  }

  /** What is fetched by its commit can't change; of anything else the bytes have to be of one version. */
  function requireServedAs(name: string): void {
    if (commit === null && servedAs !== undefined && name !== servedAs)
      throw new Changed('the file has changed');
    servedAs = name;
  }

  /** Only the hub itself knows the file by its entity tag. */
  function requireSame({ headers }: IncomingMessage): void {
    const told = headers['x-linked-etag'] ?? (headers.location === undefined ? headers.etag : undefined);
    if (told !== undefined && bare(told) !== etag) throw new Changed('the file has changed');
  }

  function refused(response: IncomingMessage, isAddress: boolean): Error {
    const status = response.statusCode ?? 0;
    if (status === 416) return new Changed('the file has become shorter');
    if (status === 429) {
      return new Passing('limit', 'the hub answers no more requests for now', retryAfter(response, now()));
    }
    if (status >= 500)
      return new Passing('server', `the hub answered ${status}`, retryAfter(response, now()));
    // An address that the hub has signed holds for a while; then it gives a new one.
    if (isAddress) return refusalOf(response, file, hub);
    located = undefined;
    return new Passing('server', `the server of the bytes answered ${status}`);
  }

  return { open };
}

/** Bytes of the whole file, as an answer has them. */
function totalOf({ statusCode, headers }: IncomingMessage): number | undefined {
  const told =
    statusCode === 206 ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : headers['content-length'];
  return told === undefined ? undefined : Number(told);
}
