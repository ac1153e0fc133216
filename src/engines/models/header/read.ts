import { closeSync, fstatSync, openSync } from 'node:fs';
import { type Cursor, openCursor } from './cursor.ts';
import { LONGEST_GGUF, readGguf } from './gguf.ts';
import { Flaw, type Header, type Reading } from './header.ts';
import { LONGEST_SAFETENSORS, readSafetensors } from './safetensors.ts';

/**
 * What a file of weights says of itself; a flaw where it is none, is broken, or is shorter than its header says.
 * Nothing behind the header is read. Throws what the file system throws.
 */
export function readHeader(path: string): Reading {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size === 0) return { flaw: 'it is empty' };
    const header = readerFor(path)(fd, size);
    if (header.least === null || header.least <= size) return { header };
    return { flaw: `it has ${size} bytes, and its header tells of ${header.least}` };
  } catch (thrown) {
    if (thrown instanceof Flaw) return { flaw: thrown.message };
    throw thrown;
  } finally {
    closeSync(fd);
  }
}

function readerFor(path: string): (fd: number, size: number) => Header {
  if (/\.safetensors(\.partial)?$/.test(path))
    return (fd, size) => readSafetensors(openCursor(fd, size, LONGEST_SAFETENSORS));
  return (fd, size) => readGguf(withMagic(openCursor(fd, size, LONGEST_GGUF), fd, size));
}

/** What a server says instead of a file does not begin like one. */
function withMagic(cursor: Cursor, fd: number, size: number): Cursor {
  const magic = openCursor(fd, size, LONGEST_GGUF).bytes(Math.min(4, size)).toString('latin1');
  if (magic === 'GGUF') return cursor;
  throw new Flaw('it does not begin as a GGUF file does');
}
