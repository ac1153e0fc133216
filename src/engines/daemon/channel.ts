export interface Channel<T> extends AsyncIterable<T> {
  push(item: T): void;
  end(): void;
  fail(reason: unknown): void;
}

interface ChannelOptions<T> {
  /** Joins a new item to the one that still waits, so that at most one ever does. */
  merge?: (waiting: T, next: T) => T;
}

/** A queue between one that pushes and one that takes; what was pushed before the end is still taken. */
export function openChannel<T>({ merge }: ChannelOptions<T> = {}): Channel<T> {
  const waiting: T[] = [];
  let ended = false;
  let failure: { reason: unknown } | undefined;
  let wake = Promise.withResolvers<void>();

  function stir(): void {
    wake.resolve();
    wake = Promise.withResolvers();
  }

  function finish(): void {
    ended = true;
    stir();
  }

  async function* take(): AsyncGenerator<T> {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift() as T;
      if (failure) throw failure.reason;
      if (ended) return;
      await wake.promise;
    }
  }

  return {
    push(item) {
      if (ended) return;
      const last = waiting.pop();
      if (last === undefined) waiting.push(item);
      else if (merge) waiting.push(merge(last, item));
      else waiting.push(last, item);
      stir();
    },
    end: finish,
    fail(reason) {
      if (ended) return;
      failure = { reason };
      finish();
    },
    [Symbol.asyncIterator]: take,
  };
}
