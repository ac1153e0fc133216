import { rowKey } from '#engines/core/rows.ts';
import { type Channel, openChannel } from '#engines/daemon/channel.ts';
import { mergeRows, type Rows } from '#engines/daemon/rows.ts';

/** One source of rows and those who follow it. */
export interface Watcher {
  /** All rows first, then what changes; a reader that is slow gets changes merged by key. */
  join(): Channel<Rows>;
  leave(rows: Channel<Rows>): void;
  close(): void;
}

interface WatcherOptions {
  source(signal: AbortSignal): AsyncIterable<unknown>;
  /** Milliseconds that the source stays open without readers, for one who comes right back. */
  linger: number;
  /** The source is no longer read, for whatever reason. */
  over(): void;
}

export function openWatcher({ source, linger, over }: WatcherOptions): Watcher {
  const readers = new Set<Channel<Rows>>();
  const stop = new AbortController();
  const rows = new Map<string, unknown>();
  let complete: boolean | undefined;
  let idle: NodeJS.Timeout | undefined;
  void read();

  async function read(): Promise<void> {
    try {
      for await (const delta of source(stop.signal)) tell(delta as Rows);
      for (const reader of readers) reader.end();
    } catch (thrown) {
      for (const reader of readers) reader.fail(thrown);
    }
    close();
  }

  function tell(delta: Rows): void {
    for (const key of delta.drop) rows.delete(key);
    for (const row of delta.set) rows.set(rowKey(row), row);
    complete = delta.complete;
    for (const reader of readers) reader.push(delta);
  }

  function join(): Channel<Rows> {
    clearTimeout(idle);
    const reader = openChannel({ merge: mergeRows });
    if (complete !== undefined) reader.push({ set: [...rows.values()], drop: [], complete });
    readers.add(reader);
    return reader;
  }

  function leave(reader: Channel<Rows>): void {
    readers.delete(reader);
    if (readers.size === 0 && !stop.signal.aborted) idle = setTimeout(close, linger);
  }

  function close(): void {
    clearTimeout(idle);
    // Readers that are left lose their connection; an end of the rows would be something else.
    readers.clear();
    stop.abort();
    over();
  }

  return { join, leave, close };
}
