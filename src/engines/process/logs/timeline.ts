import type { Range } from './bytes.ts';
import { isWatched } from './header.ts';
import { readIndex } from './index-file.ts';
import type { LogFile } from './open.ts';
import { isApproximate, type Stretch, stretch } from './stretch.ts';

/** When a line was written, as far as it is known. */
export interface Moment {
  at: number;
  approximate: boolean;
  from: number;
  to: number;
}

export interface Timeline {
  /** Of the line that begins at a position. */
  of(offset: number): Moment | undefined;
  /** Where the lines are that were written in a span of time; a little more at the end, for lines that carry their own time. */
  ranges(since: number | undefined, until: number | undefined): Range[];
}

/** Milliseconds that a program may keep a line that it has stamped before it writes it. */
const BUFFERED = 60_000;

/** What is known of the times in a log, up to the end of its files. */
export function timelineOf(dir: string, files: readonly LogFile[]): Timeline {
  const { header, stretches } = readIndex(dir);
  const [oldest, newest] = [files[0], files.at(-1)];
  const known = stretches.at(-1);
  if (oldest && newest && newest.end > (known?.end ?? header.given)) {
    const { modified, end } = newest;
    const from = isWatched(header) ? modified : (known?.to ?? (oldest.born || modified));
    stretches.push(stretch(from, modified, end));
  }
  return timeline(Math.max(header.given, oldest?.base ?? 0), stretches);
}

export function timeline(begin: number, stretches: readonly Stretch[]): Timeline {
  const beginOf = (index: number) => stretches[index - 1]?.end ?? begin;
  return {
    of(offset) {
      const index = firstBeyond(stretches, offset);
      const found = stretches[index];
      if (!found) return undefined;
      const { from, to, end } = found;
      const share = Math.max(0, offset - beginOf(index)) / (end - beginOf(index));
      return { at: Math.round(from + (to - from) * share), approximate: isApproximate(found), from, to };
    },
    ranges(since = -Infinity, until = Infinity) {
      const ranges: Range[] = [];
      for (const [index, { from, to, end }] of stretches.entries()) {
        if (to < since || from > until + BUFFERED) continue;
        const last = ranges.at(-1);
        if (last?.end === beginOf(index)) last.end = end;
        else ranges.push({ begin: beginOf(index), end });
      }
      return ranges;
    },
  };
}

function firstBeyond(stretches: readonly Stretch[], offset: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle] as Stretch).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
