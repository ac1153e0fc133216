import { Worker } from 'node:worker_threads';
import { CHECKED, CHUNK, type Chunks, MISSING, WRITTEN } from './chunks.ts';

/** Hexadecimal digests of a whole file. */
export interface Digests {
  sha256: string;
  /** What git calls it by; null where nobody wants to know. */
  blob: string | null;
}

/** Reads each chunk back once it is on the disk, in order: compares it with its sum, and takes it into the digests. */
export interface Checker {
  digests: Promise<Digests>;
  close(): Promise<void>;
}

interface Checked {
  file: string;
  chunks: Chunks;
  /** Whether the hub knows the file by what git calls it. */
  isBlob: boolean;
  /** A chunk on the disk isn't what came; it is missing again. */
  corrupt(chunk: number): void;
  /** A chunk is as it came. */
  checked(chunk: number): void;
}

export function openChecker({ file, chunks, isBlob, corrupt, checked }: Checked): Checker {
  const known = { file, ...chunks, isBlob, chunk: CHUNK, MISSING, WRITTEN, CHECKED };
  // The thread is given the function itself, so that it needs no file of its own wherever the program lies.
  const thread = new Worker(`(${check})()`, { eval: true, execArgv: [], workerData: known });
  const { promise, resolve, reject } = Promise.withResolvers<Digests>();
  thread.on('message', (told: { corrupt?: number; checked?: number; digests?: Digests }) => {
    if (told.corrupt !== undefined) corrupt(told.corrupt);
    if (told.checked !== undefined) checked(told.checked);
    if (told.digests) resolve(told.digests);
  });
  thread.once('error', reject);
  // Nobody waits for the digests of a download that has failed.
  promise.catch(() => undefined);
  return { digests: promise, close: async () => void (await thread.terminate()) };
}

/** Stands alone: what it needs it asks the runtime for, or is told. */
function check(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { openSync, readSync } = process.getBuiltinModule('node:fs');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { crc32 } = process.getBuiltinModule('node:zlib');
  const { file, size, count, states, sums, isBlob, chunk, MISSING, WRITTEN, CHECKED } = workerData;

  const opened = openSync(file, 'r');
  const buffer = Buffer.allocUnsafeSlow(Math.max(Math.min(chunk, size), 1));
  const sha256 = createHash('sha256');
  const blob = isBlob ? createHash('sha1').update(`blob ${size}\0`) : undefined;

  for (let at = 0; at < count; ) {
    const state = Atomics.load(states, at);
    if (state !== WRITTEN) {
      Atomics.wait(states, at, state);
      continue;
    }
    const bytes = readChunk(at);
    const isSame = crc32(bytes) === sums[at];
    Atomics.store(states, at, isSame ? CHECKED : MISSING);
    parentPort?.postMessage(isSame ? { checked: at } : { corrupt: at });
    if (!isSame) continue;
    sha256.update(bytes);
    blob?.update(bytes);
    at += 1;
  }
  parentPort?.postMessage({ digests: { sha256: sha256.digest('hex'), blob: blob?.digest('hex') ?? null } });

  function readChunk(at: number): Buffer {
    const length = Math.min(chunk, size - at * chunk);
    let filled = 0;
    while (filled < length) {
      const read = readSync(opened, buffer, filled, length - filled, at * chunk + filled);
      if (read === 0) break;
      filled += read;
    }
    return buffer.subarray(0, filled);
  }
}
