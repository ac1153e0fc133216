import { blocksOf } from './bytes.ts';
import { beginningOf } from './header.ts';
import { filesOf, type LogFile } from './open.ts';
import { openSplitter, type Piece } from './splitter.ts';

/** The place in a log that is being followed. */
export interface Cursor {
  readonly position: number;
  /** The lines that were finished since the last time. */
  next(files: readonly LogFile[]): AsyncGenerator<Piece[]>;
}

/** Goes on in the file that comes next, and at the beginning of one that somebody emptied. */
export function openCursor(dir: string, begin: number): Cursor {
  const splitter = openSplitter();
  let position = begin;
  let base = filesOf(dir).findLast((file) => file.base <= begin)?.base;

  async function* next(files: readonly LogFile[]): AsyncGenerator<Piece[]> {
    for (const file of files) {
      if (base !== undefined && file.base < base) continue;
      yield take(file);
      const range = { begin: position, end: file.end };
      const given = () => beginningOf(dir, file.end);
      for await (const { bytes, position: at, afresh } of blocksOf(file, range, given)) {
        if (afresh) splitter.drop();
        yield splitter.push(bytes, at);
        position = at + bytes.length;
      }
    }
  }

  /** Where another file is taken up, the last line of the one before has no more to come. */
  function take(file: LogFile): Piece[] {
    const last = file.base === base ? [] : splitter.rest();
    const isEmptied = file.base === base && file.end < position;
    const start = isEmptied ? file.base : Math.max(position, file.base, beginningOf(dir, file.end));
    if (start !== position) splitter.drop();
    position = start;
    base = file.base;
    return last;
  }

  return {
    get position() {
      return position;
    },
    next,
  };
}
