import { Worker } from 'node:worker_threads';

/** Bytes that are read at once: large enough that nobody waits for the disk's answers, small enough for the cache. */
const BLOCK = 1_048_576;

interface Summing {
  signal: AbortSignal;
  /** Hears how many bytes are done, ten times a second. */
  heard(done: number): void;
}

/** SHA-256 of a file in hexadecimal, computed beside the thread that answers people. */
export async function sha256Of(path: string, { signal, heard }: Summing): Promise<string> {
  signal.throwIfAborted();
  // The thread is given the function itself, so that it needs no file of its own wherever the program lies.
  const thread = new Worker(`(${sum})()`, { eval: true, execArgv: [], workerData: { path, block: BLOCK } });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  thread.on('message', (told: { done: number; sha256?: string }) => {
    if (told.sha256 === undefined) heard(told.done);
    else resolve(told.sha256);
  });
  thread.once('error', reject);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/** Stands alone: what it needs it asks the runtime for, or is told. */
function sum(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { closeSync, openSync, readSync } = process.getBuiltinModule('node:fs');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { path, block } = workerData as { path: string; block: number };
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(block);
  const fd = openSync(path, 'r');
  let done = 0;
  let toldAt = Date.now();
  for (;;) {
    const read = readSync(fd, buffer, 0, block, null);
    if (read === 0) break;
    hash.update(read === block ? buffer : buffer.subarray(0, read));
    done += read;
    if (Date.now() - toldAt < 100) continue;
    toldAt = Date.now();
    parentPort?.postMessage({ done });
  }
  closeSync(fd);
  parentPort?.postMessage({ done, sha256: hash.digest('hex') });
}
