import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { HEADER_BYTES, type Header, headerBytes, headerIn, indexFile, readHeader } from './header.ts';
import { type Stretch, thinned } from './stretch.ts';

export interface Index {
  header: Header;
  /** Their ends grow. */
  stretches: Stretch[];
}

/** From, to and end: little-endian doubles. */
const STRETCH_BYTES = 24;

/** Some 200 kB a log at most. */
const MOST = 8192;

const EMPTY: Header = { given: 0, turn: 0, watched: undefined };

/** The index of a log; an empty one where nobody has kept any. */
export function readIndex(dir: string): Index {
  const bytes = bytesOf(indexFile(dir));
  const header = headerIn(bytes);
  return { header: header ?? { ...EMPTY }, stretches: header ? stretchesIn(bytes, header.given) : [] };
}

export interface IndexWriter {
  readonly header: Header;
  /** Position up to which it knows when what was written. */
  readonly end: number;
  /** The latest moment that it knows of. */
  readonly until: number | undefined;
  add(stretch: Stretch): void;
  change(header: Partial<Omit<Header, 'given'>>): void;
  /** Everything before the position is given back from now on. */
  give(position: number): void;
  /** Forgets everything from a position on. */
  cut(position: number): void;
}

/** What can't be written is thrown, and the index stays what it was. Holds next to nothing in memory. */
export function openIndex(dir: string): IndexWriter {
  const file = indexFile(dir);
  const known = readIndex(dir);
  let header = known.header;
  let last = known.stretches.at(-1);
  let entries = Math.floor((bytesOf(file).length - HEADER_BYTES) / STRETCH_BYTES);
  ensure();

  function add(stretch: Stretch): void {
    if (entries >= MOST) thin();
    ensure();
    writeAt(HEADER_BYTES + entries * STRETCH_BYTES, bytesOfStretch(stretch));
    entries += 1;
    last = stretch;
  }

  function thin(): void {
    const kept = readIndex(dir).stretches;
    replace(kept.length > MOST / 2 ? thinned(kept) : kept);
  }

  /** Another keeper may have written there while it handed over. */
  function change(changes: Partial<Header>): void {
    ensure();
    const next = { ...(readHeader(dir) ?? header), ...changes };
    writeAt(0, headerBytes(next));
    header = next;
  }

  function give(position: number): void {
    const given = Math.max(position, readHeader(dir)?.given ?? 0);
    change({ given });
  }

  /** Begins it anew where there is none, or that of another version. */
  function ensure(): void {
    if (!readHeader(dir)) replace([]);
  }

  function writeAt(position: number, bytes: Buffer): void {
    const handle = openSync(file, 'r+');
    try {
      const written = writeSync(handle, bytes, 0, bytes.length, position);
      if (written < bytes.length)
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    } finally {
      closeSync(handle);
    }
  }

  /** Written anew beside it and put in its place at once. */
  function replace(stretches: readonly Stretch[]): void {
    const draft = `${file}.new`;
    try {
      writeFileSync(draft, Buffer.concat([headerBytes(header), ...stretches.map(bytesOfStretch)]), {
        mode: 0o600,
      });
      renameSync(draft, file);
    } catch (thrown) {
      rmSync(draft, { force: true });
      throw thrown;
    }
    entries = stretches.length;
  }

  return {
    get header() {
      return header;
    },
    get end() {
      return last?.end ?? header.given;
    },
    get until() {
      return last?.to;
    },
    add,
    change,
    give,
    cut(position) {
      const kept = readIndex(dir).stretches.filter(({ end }) => end <= position);
      header = { ...header, given: Math.min(header.given, position) };
      last = kept.at(-1);
      replace(kept);
    },
  };
}

function stretchesIn(bytes: Buffer, given: number): Stretch[] {
  const stretches: Stretch[] = [];
  let last = given;
  for (let at = HEADER_BYTES; at + STRETCH_BYTES <= bytes.length; at += STRETCH_BYTES) {
    const [from, to, end] = [at, at + 8, at + 16].map((position) => bytes.readDoubleLE(position));
    // What a power failure left may be anything.
    if (from === undefined || to === undefined || end === undefined || !(from <= to && end > last)) continue;
    stretches.push({ from, to, end });
    last = end;
  }
  return stretches;
}

function bytesOfStretch({ from, to, end }: Stretch): Buffer {
  return Buffer.from(new Float64Array([from, to, end]).buffer);
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
