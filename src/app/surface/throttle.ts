interface Pace {
  /** Milliseconds between two calls at the least. */
  interval: number;
  /** Ends it, with what was held back. */
  signal: AbortSignal;
}

/** Passes on the first value at once and of those that come too fast the last. */
export function throttle<T>(pass: (value: T) => void, { interval, signal }: Pace): (value: T) => void {
  let timer: NodeJS.Timeout | undefined;
  let held: { value: T } | undefined;
  signal.addEventListener('abort', end, { once: true });

  function send(value: T): void {
    pass(value);
    held = undefined;
    timer = setTimeout(() => {
      timer = undefined;
      if (held) send(held.value);
    }, interval);
  }

  function end(): void {
    clearTimeout(timer);
    if (held) pass(held.value);
  }

  return (value) => {
    if (signal.aborted) return;
    if (timer) held = { value };
    else send(value);
  };
}
