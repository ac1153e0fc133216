import { blocksOf, lineStartAfter, type Range } from './bytes.ts';
import type { LogFile } from './open.ts';
import { openSplitter, type Piece } from './splitter.ts';

/** The files of a log as they were at one moment. */
export interface Snapshot {
  files: readonly LogFile[];
  /** Where the log begins by now. */
  given(): number;
}

const FIRST_WINDOW = 64 * 1024;

/** The lines that begin in a range, in portions. */
export async function* forwards({ files, given }: Snapshot, range: Range): AsyncGenerator<Piece[]> {
  for (const file of files) {
    const within = await aligned(file, range, given());
    if (within.begin >= within.end) continue;
    const splitter = openSplitter();
    for await (const { bytes, position, afresh } of blocksOf(file, { ...within, end: file.end }, given)) {
      if (afresh) splitter.drop();
      yield splitter.push(bytes, position).filter(({ offset }) => offset < within.end);
      if ((splitter.begun ?? position + bytes.length) >= within.end) break;
    }
    yield splitter.rest().filter(({ offset }) => offset < within.end);
  }
}

/** The lines that begin in a range from the last on, in windows that grow; within a window they are in order. */
export async function* backwards(snapshot: Snapshot, range: Range): AsyncGenerator<AsyncGenerator<Piece[]>> {
  let window = FIRST_WINDOW;
  for (const file of snapshot.files.toReversed()) {
    const { begin, end } = await aligned(file, range, snapshot.given());
    for (let high = end; high > begin; window *= 2) {
      const low = Math.max(begin, high - window);
      const start = low === begin ? begin : await lineStartAfter(file, { begin: low, end: high });
      if (start === high) continue;
      yield forwards({ ...snapshot, files: [file] }, { begin: start, end: high });
      high = start;
    }
  }
}

/** The part of a range that a file has, from the beginning of a line on. */
async function aligned(file: LogFile, range: Range, given: number): Promise<Range> {
  const floor = Math.max(file.base, given);
  const end = Math.min(range.end, file.end);
  if (range.begin <= floor || range.begin >= end) return { begin: Math.max(floor, range.begin), end };
  return { begin: await lineStartAfter(file, { begin: range.begin, end }), end };
}
