/** How long a stream has to be quiet for a page to end, in milliseconds. */
const QUIET = 150;

export interface Wanted {
  /** Position of the first event; everything before it has arrived and is forgotten. */
  from: number;
  limit: number;
  /** Milliseconds to wait for the first event. */
  wait: number;
  signal: AbortSignal;
}

export interface Events {
  events: unknown[];
  /** Position behind the last event; absent where the stream is over. */
  next?: number;
}

export interface Follower {
  /** Undefined where the events from that position on are no longer kept. */
  read(wanted: Wanted): Promise<Events | undefined>;
  close(): Promise<void>;
}

/**
 * Reads a stream page by page. Events are taken from their source only while somebody reads, and kept until a later
 * position is asked for, so that none is lost and none comes twice.
 */
export function followerOf(source: AsyncIterator<unknown>): Follower {
  let first = 0;
  const kept: unknown[] = [];
  let coming: Promise<IteratorResult<unknown>> | undefined;
  let end: { failure?: unknown } | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function read({ from, limit, wait, signal }: Wanted): Promise<Events | undefined> {
    if (from < first || from > first + kept.length) return undefined;
    kept.splice(0, from - first);
    first = from;
    while (kept.length < limit && !end) {
      const patience = kept.length > 0 ? QUIET : Math.max(wait, QUIET);
      if (!(await arrival(patience, signal))) break;
    }
    const events = kept.slice(0, limit);
    if (events.length === 0 && end?.failure) throw end.failure;
    const isOver = end !== undefined && !end.failure && events.length === kept.length;
    return { events, next: isOver ? undefined : first + events.length };
  }

  /** Whether the next event, or the end, came in time. */
  async function arrival(patience: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    coming ??= source.next();
    const late = Promise.withResolvers<undefined>();
    const giveUp = () => late.resolve(undefined);
    const timer = setTimeout(giveUp, patience);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const result = await Promise.race([coming, late.promise]);
      if (!result) return false;
      coming = undefined;
      if (result.done) end = {};
      else kept.push(result.value);
    } catch (failure) {
      end = { failure };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
    return true;
  }

  return {
    read: (wanted) => {
      const reading = turn.then(() => read(wanted));
      turn = reading.catch(() => {});
      return reading;
    },
    close: async () => {
      await coming?.catch(() => {});
      await source.return?.();
    },
  };
}
