/** Bytes of one chunk: what is checked, put on record and fetched again as a whole. */
export const CHUNK = 4 * 1024 * 1024;

/** What is known of a chunk, in memory that the checking thread shares. */
export const MISSING = 0;
export const WRITTEN = 1;
export const CHECKED = 2;

/** The chunks of one file. */
export interface Chunks {
  /** Bytes of the file. */
  size: number;
  count: number;
  states: Int32Array<SharedArrayBuffer>;
  /** CRC-32 of each chunk as it came. */
  sums: Uint32Array<SharedArrayBuffer>;
}

/** Chunks from the first to before the last. */
export interface Run {
  from: number;
  to: number;
}

export function chunksOf(size: number): Chunks {
  const count = Math.ceil(size / CHUNK);
  return {
    size,
    count,
    states: new Int32Array(new SharedArrayBuffer(count * 4)),
    sums: new Uint32Array(new SharedArrayBuffer(count * 4)),
  };
}

/** Bytes from the first to before the last of a run. */
export function bytesOf({ size }: Pick<Chunks, 'size'>, { from, to }: Run): { start: number; end: number } {
  return { start: from * CHUNK, end: Math.min(to * CHUNK, size) };
}

/** A chunk is on the disk, and what came for it had this sum. */
export function markWritten({ states, sums }: Chunks, chunk: number, sum: number): void {
  sums[chunk] = sum;
  Atomics.store(states, chunk, WRITTEN);
  Atomics.notify(states, chunk);
}

/** Bytes that are on the disk. */
export function bytesWritten(chunks: Chunks): number {
  let bytes = 0;
  for (let chunk = 0; chunk < chunks.count; chunk += 1) {
    if (Atomics.load(chunks.states, chunk) === MISSING) continue;
    const { start, end } = bytesOf(chunks, { from: chunk, to: chunk + 1 });
    bytes += end - start;
  }
  return bytes;
}

/**
 * The next run that nobody fetches: as long as there is much to do a long one, towards the end ever shorter ones, so that
 * all connections end together.
 */
export function nextRun(
  { count, states }: Chunks,
  { taken, connections }: { taken: ReadonlySet<number>; connections: number },
): Run | undefined {
  const isOpen = (chunk: number) => Atomics.load(states, chunk) === MISSING && !taken.has(chunk);
  let from = -1;
  let open = 0;
  for (let chunk = 0; chunk < count; chunk += 1) {
    if (!isOpen(chunk)) continue;
    open += 1;
    if (from < 0) from = chunk;
  }
  if (from < 0) return undefined;
  const most = Math.min(Math.max(Math.ceil(open / (2 * connections)), 1), LONGEST_RUN);
  let to = from + 1;
  while (to < count && to - from < most && isOpen(to)) to += 1;
  return { from, to };
}

/** Chunks that one request asks for at the most. */
const LONGEST_RUN = 16;
