/** Yields whenever the source does, and besides it once in an interval, until the source ends. */
export async function* alsoEvery(
  source: AsyncIterable<void>,
  { interval, signal }: { interval: number; signal: AbortSignal },
): AsyncGenerator<void> {
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  const timer = setInterval(() => wake.resolve(), interval);
  const stop = () => wake.resolve();
  signal.addEventListener('abort', stop);
  void (async () => {
    try {
      for await (const _ of source) wake.resolve();
    } finally {
      isOver = true;
      wake.resolve();
    }
  })();
  try {
    while (!signal.aborted && !isOver) {
      await wake.promise;
      wake = Promise.withResolvers();
      yield;
    }
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
  }
}
