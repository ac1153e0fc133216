import type { FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { downloadError } from '../errors.ts';
import type { Checker, Digests } from './checker.ts';
import {
  bytesOf,
  bytesWritten,
  CHUNK,
  type Chunks,
  MISSING,
  markWritten,
  nextRun,
  type Run,
} from './chunks.ts';
import type { Journal } from './journal.ts';
import { diskProblem, lineProblem, Passing, type Reason } from './passing.ts';
import type { Source } from './source.ts';
import type { Progress, TransferOptions } from './transfer.ts';

/** Why nothing comes. */
export interface Waiting {
  reason: Reason;
  words: string;
  /** When it is tried again, in milliseconds since the epoch; null where nobody knows. */
  until: number | null;
}

export interface FetchOptions
  extends Pick<
    TransferOptions,
    'directory' | 'limit' | 'connections' | 'tries' | 'again' | 'now' | 'signal' | 'tell'
  > {
  chunks: Chunks;
  journal: Journal;
  part: FileHandle;
  source: Source;
  openChecker(hear: { corrupt(chunk: number): void; checked(chunk: number): void }): Checker;
}

export interface Fetching {
  progress(): Progress;
  /** Once every byte is on the disk and was read back. */
  done: Promise<Digests>;
}

/** Fetches the chunks that are missing, over several connections, until all of them are there and as they came. */
export function fetchAll(options: FetchOptions): Fetching {
  const { chunks, journal, part, source, limit, connections, tries, again, now, tell, directory } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  /** Chunks that somebody fetches. */
  const taken = new Set<number>();
  let received = bytesWritten(chunks);
  let checked = 0;
  let waiting: Waiting | null = null;
  let change = Promise.withResolvers<void>();

  function changed(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  async function connect(): Promise<void> {
    let failures = 0;
    while (checked < chunks.size) {
      signal.throwIfAborted();
      const run = nextRun(chunks, { taken, connections });
      if (!run) {
        await change.promise;
        continue;
      }
      const before = received;
      try {
        await fetch(run);
        failures = 0;
      } catch (thrown) {
        failures = received > before ? 1 : failures + 1;
        await recover(thrown, failures);
      }
    }
  }

  async function fetch(run: Run): Promise<void> {
    const wanted = takeRun(run);
    let flying = 0;
    try {
      const { start, end } = bytesOf(chunks, run);
      const { response, start: first } = await source.open({ start, end }, signal);
      // A server without ranges sends it all, once: nobody else has to ask.
      const isWhole = first !== start || Number(response.headers['content-length']) > end - start;
      if (isWhole) for (const chunk of takeRun({ from: 0, to: chunks.count })) wanted.add(chunk);
      let position = first;
      let sum = 0;
      for await (const piece of response as AsyncIterable<Buffer>) {
        await limit.take(piece.length, signal);
        waiting = null;
        for (let offset = 0; offset < piece.length; ) {
          const chunk = Math.floor(position / CHUNK);
          const chunkEnd = Math.min((chunk + 1) * CHUNK, chunks.size);
          const bytes = piece.subarray(offset, offset + chunkEnd - position);
          if (bytes.length === 0) throw new Passing('server', 'more bytes came than were asked for');
          if (wanted.has(chunk)) {
            await writeAll(bytes, position);
            sum = crc32(bytes, sum);
            flying += bytes.length;
            received += bytes.length;
          }
          offset += bytes.length;
          position += bytes.length;
          if (position < chunkEnd) continue;
          if (wanted.has(chunk)) {
            journal.add(chunk, sum);
            markWritten(chunks, chunk, sum);
            flying = 0;
          }
          sum = 0;
        }
      }
      if (position < (isWhole ? chunks.size : end)) throw new Passing('line', 'the connection was cut');
    } finally {
      received -= flying;
      for (const chunk of wanted) taken.delete(chunk);
      changed();
    }
  }

  /** Those of a run that nobody has and that are missing. */
  function takeRun({ from, to }: Run): Set<number> {
    const own = new Set<number>();
    for (let chunk = from; chunk < to; chunk += 1) {
      if (taken.has(chunk) || Atomics.load(chunks.states, chunk) !== MISSING) continue;
      taken.add(chunk);
      own.add(chunk);
    }
    return own;
  }

  async function writeAll(bytes: Buffer, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await part.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  }

  /** Waits where it may pass by itself. */
  async function recover(thrown: unknown, failures: number): Promise<void> {
    signal.throwIfAborted();
    const problem = diskProblem(thrown, directory) ?? lineProblem(thrown);
    if (!(problem instanceof Passing)) throw problem ?? thrown;
    const { reason, message, wait = again(failures) } = problem;
    if (failures > tries) {
      throw downloadError('download-stalled', `Nothing came in ${failures} tries: ${message}.`, {
        details: { reason },
      });
    }
    waiting = { reason, words: message, until: now() + wait };
    await delay(wait, undefined, { signal });
  }

  const checker = options.openChecker({
    corrupt(chunk) {
      const { start, end } = bytesOf(chunks, { from: chunk, to: chunk + 1 });
      received -= end - start;
      tell(`bytes ${start} to ${end} had changed on the disk since they came, and are fetched again`);
      changed();
    },
    checked(chunk) {
      const { start, end } = bytesOf(chunks, { from: chunk, to: chunk + 1 });
      checked += end - start;
      if (checked === chunks.size) changed();
    },
  });

  async function run(): Promise<Digests> {
    signal.addEventListener('abort', changed, { once: true });
    const ended = checker.digests.then(() => undefined);
    const all = Array.from({ length: connections }, connect);
    try {
      await Promise.all([...all, ended]);
      return await checker.digests;
    } finally {
      stop.abort();
      await Promise.allSettled(all);
      await checker.close();
    }
  }

  return { progress: () => ({ received, checked, waiting }), done: run() };
}
