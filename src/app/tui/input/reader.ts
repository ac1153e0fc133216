import { createDecoder } from './decode.ts';
import type { InputEvent } from './event.ts';

export interface Source {
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  off(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
}

export interface Reader {
  /** Bytes that have been understood, as keys or otherwise. */
  readonly consumed: number;
  /** No half of a sequence waits for its end. */
  readonly settled: boolean;
  close(): void;
}

/** Milliseconds without a byte after which an escape is the key, and a paste has lost its end. */
const PATIENCE = { sequence: 25, paste: 2_000 };

/** The one place that reads keys. A chunk's events come together, so that a burst is one frame. */
export function readInput(source: Source, onEvents: (events: InputEvent[]) => void): Reader {
  const decoder = createDecoder();
  let received = 0;
  let consumed = 0;
  let timer: NodeJS.Timeout | undefined;

  function deliver(events: InputEvent[]): void {
    if (!decoder.waiting) consumed = received;
    onEvents(events);
  }

  function onData(bytes: Uint8Array): void {
    clearTimeout(timer);
    received += bytes.length;
    const events = decoder.push(bytes);
    if (decoder.waiting) timer = setTimeout(() => deliver(decoder.flush()), PATIENCE[decoder.waiting]);
    deliver(events);
  }

  source.on('data', onData);
  return {
    get consumed() {
      return consumed;
    },
    get settled() {
      return decoder.waiting === undefined;
    },
    close: () => {
      clearTimeout(timer);
      source.off('data', onData);
    },
  };
}
