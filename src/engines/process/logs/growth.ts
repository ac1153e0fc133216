import { type FSWatcher, watch } from 'node:fs';

interface GrowthOptions {
  /** Milliseconds between two looks while there is something new. */
  every: number;
  /** Whether it keeps the program running. */
  persistent: boolean;
  /** Whether there was something new. `woken`: by a change, after a time without any. */
  look(woken: boolean): boolean;
  /** The system watches no more directories; from now on there is a look now and then. */
  unwatched?(why: Error): void;
}

export interface Growth {
  close(): void;
}

/** Looks without anything new before they end. */
const QUIET = 4;

/** Milliseconds between two looks where nothing can be watched. */
const LOOK_AGAIN = 1000;

/**
 * Looks at once when something in a directory changes, and by a timer as long as changes go on: a watch makes each
 * write to a file in it take twice as long.
 */
export function watchGrowth(dir: string, { every, persistent, look, unwatched }: GrowthOptions): Growth {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function rest(): void {
    try {
      watcher = watch(dir, { persistent }, () => wake(true));
      watcher.once('error', blind);
    } catch (thrown) {
      blind(thrown as Error);
      return;
    }
    // What came between the last look and the watch.
    wake(false);
  }

  /** A look that finds nothing leaves the watch as it is. */
  function wake(woken: boolean): void {
    if (!watcher || isClosed || !look(woken) || isClosed) return;
    watcher.close();
    watcher = undefined;
    again(0);
  }

  function again(quiet: number): void {
    timer = setTimeout(() => {
      const now = look(false) ? 0 : quiet + 1;
      if (isClosed) return;
      if (now < QUIET) again(now);
      else rest();
    }, every);
    if (!persistent) timer.unref();
  }

  function blind(why: Error): void {
    watcher?.close();
    watcher = undefined;
    unwatched?.(why);
    timer = setInterval(look, LOOK_AGAIN, false);
    if (!persistent) timer.unref();
  }

  rest();
  return {
    close() {
      isClosed = true;
      watcher?.close();
      clearTimeout(timer);
    },
  };
}
