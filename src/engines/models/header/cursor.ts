import { readSync } from 'node:fs';
import { Flaw } from './header.ts';

/** Bytes that are read at once: headers have megabytes of vocabulary, all of which is passed over. */
const WINDOW = 65_536;

/** Goes through the head of a file from its beginning, and never past the end or the longest head that it may have. */
export interface Cursor {
  readonly at: number;
  bytes(count: number): Buffer;
  skip(count: number): void;
}

export function openCursor(fd: number, size: number, most: number): Cursor {
  let window = Buffer.alloc(0);
  let windowAt = 0;
  let at = 0;

  function require(count: number): void {
    if (!(count <= size - at)) throw new Flaw('it ends in the middle of its header');
    if (at + count > most) throw new Flaw('its header is longer than any');
  }

  function load(count: number): void {
    const wanted = Math.max(count, Math.min(WINDOW, size - at));
    window = Buffer.alloc(wanted);
    windowAt = at;
    for (let filled = 0; filled < wanted; ) {
      const read = readSync(fd, window, filled, wanted - filled, at + filled);
      if (read === 0) throw new Flaw('it ends in the middle of its header');
      filled += read;
    }
  }

  return {
    get at() {
      return at;
    },
    bytes(count) {
      require(count);
      if (at < windowAt || at + count > windowAt + window.length) load(count);
      const found = window.subarray(at - windowAt, at - windowAt + count);
      at += count;
      return found;
    },
    skip(count) {
      require(count);
      at += count;
    },
  };
}
