import { lineStartBefore, type Range } from './bytes.ts';
import { followed } from './follow.ts';
import { beginningOf } from './header.ts';
import { forwards, type Snapshot } from './history.ts';
import { linesOf } from './line.ts';
import { filesOf } from './open.ts';
import type { Piece } from './splitter.ts';
import { tailOf } from './tail.ts';
import { timelineOf } from './timeline.ts';
import type { LogLine, LogReader, ReadOptions } from './types.ts';

/** Reads a log from its files, whoever keeps it and whether anybody does. No log yet: no lines yet. */
export function readLog(dir: string, options: ReadOptions): LogReader {
  const batches = () => batchesOf(dir, options);
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch;
    },
  };
}

async function* batchesOf(dir: string, options: ReadOptions): AsyncGenerator<LogLine[]> {
  const { follow, signal, since, until, from = 0, before = Number.POSITIVE_INFINITY, tail } = options;
  const at = options.now();
  const files = filesOf(dir);
  const newest = files.at(-1);
  const seen = newest?.end ?? 0;
  const snapshot = { files, given: () => beginningOf(dir, seen) };
  const timeline = timelineOf(dir, files);
  const filter = (pieces: Piece[]) => linesOf(pieces, timeline, options);

  // A line that has no end yet comes whole when it is followed.
  const position = newest && follow ? await lineStartBefore(newest, { begin: newest.base, end: seen }) : seen;
  const end = Math.min(position, before);
  const ranges = timeline.ranges(since, until).map((range) => clipped(range, { begin: from, end }));

  if (tail === undefined) yield* allOf(snapshot, ranges, { filter, signal });
  else yield* filled(await tailOf(snapshot, ranges, { count: tail, filter, signal }));
  if (follow) yield* followed(dir, { position, seen, at }, options);
}

async function* allOf(
  snapshot: Snapshot,
  ranges: readonly Range[],
  { filter, signal }: { filter(pieces: Piece[]): LogLine[]; signal: AbortSignal },
): AsyncGenerator<LogLine[]> {
  for (const range of ranges) {
    for await (const pieces of forwards(snapshot, range)) {
      signal.throwIfAborted();
      yield* filled(filter(pieces));
    }
  }
}

/** An empty batch has a meaning of its own. */
function filled(lines: LogLine[]): LogLine[][] {
  return lines.length === 0 ? [] : [lines];
}

function clipped(range: Range, { begin, end }: Range): Range {
  return { begin: Math.max(range.begin, begin), end: Math.min(range.end, end) };
}
