import { openCursor } from './cursor.ts';
import { watchGrowth } from './growth.ts';
import { linesOf } from './line.ts';
import { filesOf } from './open.ts';
import { stretch } from './stretch.ts';
import { timeline } from './timeline.ts';
import type { LogLine, ReadOptions } from './types.ts';

export interface Beginning {
  /** Where the first line begins that was not read yet. */
  position: number;
  /** Position up to which the log had been written, and when that was seen. */
  seen: number;
  at: number;
}

/** Milliseconds between two looks while a log grows. */
const EVERY = 100;

/** Every line from a position on as it is written; an empty batch each time that there is no more. */
export async function* followed(
  dir: string,
  beginning: Beginning,
  options: ReadOptions,
): AsyncGenerator<LogLine[]> {
  const { signal, now, until = Infinity } = options;
  const cursor = openCursor(dir, beginning.position);
  const growth = growthOf(dir, beginning, now);
  try {
    while (!signal.aborted && now() <= until) {
      const from = growth.taken();
      const files = filesOf(dir);
      const written = timeline(cursor.position, [stretch(from, now(), files.at(-1)?.end ?? 0)]);
      for await (const pieces of cursor.next(files)) {
        if (signal.aborted) return;
        const lines = linesOf(pieces, written, options);
        if (lines.length > 0) yield lines;
      }
      yield [];
      await growth.more(signal);
    }
  } finally {
    growth.close();
  }
}

/** Nothing where it can't be looked at: that wakes the reader, which finds out why. */
function endOf(dir: string): number | undefined {
  try {
    return filesOf(dir).at(-1)?.end ?? 0;
  } catch {
    return undefined;
  }
}

/** Wakes the reader when the log has grown, and knows since when it does. */
function growthOf(dir: string, { seen: begin, at: beganAt }: Beginning, now: () => number) {
  let wake = Promise.withResolvers<void>();
  let [seen, looked]: [number | undefined, number] = [begin, beganAt];
  /** Since when there is something that the reader has not taken; nothing where it has all. */
  let since: number | undefined = beganAt;

  const growth = watchGrowth(dir, {
    every: EVERY,
    persistent: true,
    look(woken) {
      const end = endOf(dir);
      const isNew = end !== seen;
      const at = now();
      if (isNew) {
        since ??= woken ? at : looked;
        wake.resolve();
      }
      [seen, looked] = [end, at];
      return isNew;
    },
  });

  return {
    taken(): number {
      const from = since ?? now();
      since = undefined;
      wake = Promise.withResolvers();
      return from;
    },
    async more(signal: AbortSignal): Promise<void> {
      const stop = () => wake.resolve();
      signal.addEventListener('abort', stop, { once: true });
      if (!signal.aborted) await wake.promise;
      signal.removeEventListener('abort', stop);
    },
    close: () => growth.close(),
  };
}
