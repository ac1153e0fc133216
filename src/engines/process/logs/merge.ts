import type { LogLine, LogReader, MergedLine } from './types.ts';

interface Stream {
  source: string;
  batches: AsyncGenerator<LogLine[]>;
  lines: LogLine[];
  /** The next of its lines. */
  next: number;
  /** Time of its latest line: a stream stays in its own order, whatever the clock did. */
  reached: number;
  /** It has said that for now there is no more, and may be silent for long. */
  isIdle: boolean;
  /** Its next batch is on the way. */
  isAsked: boolean;
  isDone: boolean;
}

/**
 * The lines of several logs by time. Waits for every log that has more to give, and for none that is followed and silent;
 * of two lines of the same time the one of the log that was named first comes first.
 */
export async function* mergeLogs(
  readers: Iterable<readonly [source: string, reader: LogReader]>,
): AsyncGenerator<MergedLine> {
  const streams = [...readers].map(streamOf);
  let arrival = Promise.withResolvers<void>();
  let failure: { thrown: unknown } | undefined;
  const ask = (stream: Stream) => {
    stream.isAsked = true;
    void pull(stream)
      .catch((thrown: unknown) => {
        failure = { thrown };
      })
      .then(() => arrival.resolve());
  };
  try {
    for (;;) {
      if (failure) throw failure.thrown;
      const open = streams.filter(({ isDone }) => !isDone);
      if (open.length === 0) return;
      const [full, empty] = [open.filter(hasLines), open.filter((stream) => !hasLines(stream))];
      for (const stream of empty) if (!stream.isAsked) ask(stream);
      if (full.length > 0 && empty.every(({ isIdle }) => isIdle)) yield taken(earliest(full));
      else {
        await arrival.promise;
        arrival = Promise.withResolvers();
      }
    }
  } finally {
    // One that waits for more ends by its signal.
    for (const { batches } of streams) void batches.return(undefined).catch(() => {});
  }
}

function streamOf([source, reader]: readonly [string, LogReader]): Stream {
  return {
    ...{ source, batches: reader.batches(), lines: [], next: 0 },
    ...{ reached: -Infinity, isIdle: false, isAsked: false, isDone: false },
  };
}

async function pull(stream: Stream): Promise<void> {
  const { done, value } = await stream.batches.next();
  stream.isAsked = false;
  stream.isDone = done === true;
  stream.isIdle = value?.length === 0;
  stream.lines = value ?? [];
  stream.next = 0;
}

function hasLines({ lines, next }: Stream): boolean {
  return next < lines.length;
}

function earliest(streams: readonly Stream[]): Stream {
  return streams.reduce((first, other) => (timeOf(other) < timeOf(first) ? other : first));
}

/** A line of unknown time comes right after the one before it. */
function timeOf({ lines, next, reached }: Stream): number {
  return Math.max(reached, lines[next]?.at ?? -Infinity);
}

function taken(stream: Stream): MergedLine {
  const line = stream.lines[stream.next] as LogLine;
  stream.reached = timeOf(stream);
  stream.next += 1;
  return { ...line, source: stream.source };
}
