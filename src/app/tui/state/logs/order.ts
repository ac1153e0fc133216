import type { LogLine } from '#panes/kit/log.ts';

/** Lines of several logs by time; those of one log keep their order, and one of unknown time follows the one before it. */
export function byTime(logs: readonly (readonly LogLine[])[]): LogLine[] {
  const timed = logs.flatMap((lines) => {
    let reached = Number.NEGATIVE_INFINITY;
    return lines.map((line) => {
      reached = Math.max(reached, line.at ?? Number.NEGATIVE_INFINITY);
      return { line, reached };
    });
  });
  return timed
    .toSorted((a, b) => (a.reached < b.reached ? -1 : a.reached > b.reached ? 1 : 0))
    .map(({ line }) => line);
}
