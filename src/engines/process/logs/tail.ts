import type { Range } from './bytes.ts';
import { backwards, type Snapshot } from './history.ts';
import type { Piece } from './splitter.ts';
import type { LogLine } from './types.ts';

/** The last lines that the filter lets through, found from the end on. */
export async function tailOf(
  snapshot: Snapshot,
  ranges: readonly Range[],
  { count, filter, signal }: { count: number; filter(pieces: Piece[]): LogLine[]; signal: AbortSignal },
): Promise<LogLine[]> {
  const found: LogLine[][] = [];
  let missing = count;
  for (const range of ranges.toReversed()) {
    if (missing === 0) break;
    for await (const window of backwards(snapshot, range)) {
      let lines: LogLine[] = [];
      for await (const pieces of window) {
        signal.throwIfAborted();
        lines = lines.concat(filter(pieces)).slice(-missing);
      }
      found.push(lines);
      missing -= lines.length;
      if (missing === 0) break;
    }
  }
  return found.reverse().flat();
}
