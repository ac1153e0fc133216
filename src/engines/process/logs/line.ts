import { jsonIn } from './json.ts';
import { levelOf } from './level.ts';
import type { Piece } from './splitter.ts';
import type { Moment, Timeline } from './timeline.ts';
import { LEVELS, type LogLine, type ReadOptions } from './types.ts';

type Filters = Pick<ReadOptions, 'since' | 'until' | 'grep' | 'invert' | 'level'>;

/** The lines among the pieces that pass the filters, with their times. */
export function linesOf(pieces: readonly Piece[], timeline: Timeline, filters: Filters): LogLine[] {
  const { grep, invert = false, level } = filters;
  return pieces.flatMap((piece) => {
    // A search does not move, whatever the flags of the expression say.
    if (grep && piece.text.search(grep) >= 0 === invert) return [];
    const moment = timeline.of(piece.offset);
    const line = lineOf(piece, moment);
    return isWithin(line, moment, filters) && (!level || isAtLeast(line, level)) ? [line] : [];
  });
}

function lineOf({ offset, text, cut }: Piece, moment: Moment | undefined): LogLine {
  const json = cut ? undefined : jsonIn(text);
  const own = json?.time ?? null;
  const line: LogLine = { offset, at: own ?? moment?.at ?? null, text };
  if (own === null && moment?.approximate) line.approximate = true;
  if (json) line.json = json;
  if (cut) line.cut = cut;
  return line;
}

function isWithin(
  { at, approximate }: LogLine,
  moment: Moment | undefined,
  { since = -Infinity, until = Infinity }: Filters,
): boolean {
  if (at === null) return true;
  const { from, to } = approximate && moment ? moment : { from: at, to: at };
  return to >= since && from <= until;
}

function isAtLeast(line: LogLine, least: NonNullable<Filters['level']>): boolean {
  const level = levelOf(line);
  return level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
