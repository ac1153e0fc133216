import type { Cursor } from './cursor.ts';
import { FILE_TYPES, KINDS } from './ggml.ts';
import { Flaw, type Header, mainKind, product, type Tensor } from './header.ts';

/** The vocabulary of the largest models takes some ten megabytes. */
export const LONGEST_GGUF = 256 * 1024 * 1024;

/** As many as no model has; hostile files claim any number. */
const MOST_KEYS = 65_536;
const MOST_TENSORS = 1_000_000;
const MOST_DIMENSIONS = 8;
const DEEPEST = 4;
/** Bytes of a text that is kept; what is longer is no name. */
const LONGEST_TEXT = 1_024;
const LONGEST_KEY = 65_535;
const ALIGNMENT = 32;

type Value = string | number | null;

interface Reader {
  u32(): number;
  /** A count or a length: 32 bits in version 1, 64 since. */
  size(): number;
  u64(): number;
  text(most: number): string | null;
  value(type: number, depth?: number): Value;
}

/** The header of a GGUF file, version 1 to 3, in either byte order (ggml/docs/gguf.md). */
export function readGguf(cursor: Cursor): Header {
  cursor.skip(4);
  const { version, little } = versionOf(cursor.bytes(4));
  const reader = openReader(cursor, { version, little });
  const count = atMost(reader.size(), MOST_TENSORS, 'tensors');
  const keys = keysOf(reader, atMost(reader.size(), MOST_KEYS, 'keys'));
  const tensors = Array.from({ length: count }, () => tensorOf(reader));
  const architecture = textOf(keys.get('general.architecture'));
  const own = mainKind(tensors);
  return {
    format: 'gguf',
    version,
    architecture,
    name: textOf(keys.get('general.name')),
    parameters: tensors.reduce((sum, { elements }) => sum + elements, 0),
    contextLength: numberOf(keys.get(`${architecture}.context_length`)),
    quantisation: FILE_TYPES.get(numberOf(keys.get('general.file_type')) ?? -1) ?? own,
    tensors: count,
    least: leastOf(tensors, aligned(cursor.at, alignmentOf(keys))),
  };
}

function versionOf(bytes: Buffer): { version: number; little: boolean } {
  const little = bytes.readUInt32LE() < 65_536;
  const version = little ? bytes.readUInt32LE() : bytes.readUInt32BE();
  if (version >= 1 && version <= 3) return { version, little };
  throw new Flaw(`it is GGUF of version ${version}, and 1 to 3 can be read`);
}

function openReader(cursor: Cursor, { version, little }: { version: number; little: boolean }): Reader {
  const view = (count: number) => {
    const bytes = cursor.bytes(count);
    return new DataView(bytes.buffer, bytes.byteOffset, count);
  };
  const u32 = () => view(4).getUint32(0, little);
  const u64 = () => {
    const value = view(8).getBigUint64(0, little);
    // What no number holds exactly is longer than any file, which the cursor says.
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
  };
  const size = version === 1 ? u32 : u64;
  const text = (most: number) => {
    const length = size();
    if (length <= most) return cursor.bytes(length).toString('utf8');
    cursor.skip(length);
    return null;
  };
  const array = (depth: number): null => {
    if (depth === DEEPEST) throw new Flaw('its lists are nested too deeply');
    const type = u32();
    const count = size();
    const width = WIDTHS[type];
    if (width !== undefined) cursor.skip(Math.min(count * width, Number.MAX_SAFE_INTEGER));
    else for (let at = 0; at < count; at++) value(type, depth + 1);
    return null;
  };
  const value = (type: number, depth = 0): Value => {
    if (type === TEXT) return depth === 0 ? text(LONGEST_TEXT) : text(-1);
    if (type === ARRAY) return array(depth);
    const width = WIDTHS[type];
    if (width === undefined) throw new Flaw(`it has a value of an unknown type, ${type}`);
    const bytes = view(width);
    if (type === 4) return bytes.getUint32(0, little);
    if (type === 5) return bytes.getInt32(0, little);
    if (type === 10) return Number(bytes.getBigUint64(0, little));
    if (type === 11) return Number(bytes.getBigInt64(0, little));
    return null;
  };
  return { u32, u64, size, text, value };
}

const TEXT = 8;
const ARRAY = 9;
/** Bytes of the other types of values, by their numbers. */
const WIDTHS: Readonly<Record<number, number>> = {
  ...{ 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1 },
  ...{ 10: 8, 11: 8, 12: 8 },
};

function keysOf(reader: Reader, count: number): Map<string, Value> {
  const keys = new Map<string, Value>();
  for (let at = 0; at < count; at++) {
    const key = reader.text(LONGEST_KEY);
    if (key === null) throw new Flaw('it has a key that is longer than any');
    const value = reader.value(reader.u32());
    if (value !== null) keys.set(key, value);
  }
  return keys;
}

interface Placed extends Tensor {
  offset: number;
  /** Null of an unknown kind. */
  bytes: number | null;
}

function tensorOf(reader: Reader): Placed {
  reader.text(LONGEST_KEY);
  const dimensions = atMost(reader.u32(), MOST_DIMENSIONS, 'dimensions');
  const elements = product(Array.from({ length: dimensions }, () => reader.size()));
  const known = KINDS.get(reader.u32());
  const offset = reader.u64();
  if (!known) return { kind: null, elements, offset, bytes: null };
  const [kind, inBlock, bytesOfBlock] = known;
  return { kind, elements, offset, bytes: Math.ceil(elements / inBlock) * bytesOfBlock };
}

function leastOf(tensors: readonly Placed[], start: number): number | null {
  let least = tensors.length === 0 ? 0 : start;
  for (const { offset, bytes } of tensors) {
    if (bytes === null) return null;
    least = Math.max(least, start + offset + bytes);
  }
  return least;
}

function alignmentOf(keys: Map<string, Value>): number {
  const own = numberOf(keys.get('general.alignment'));
  return own !== null && own > 0 ? own : ALIGNMENT;
}

function aligned(at: number, alignment: number): number {
  return Math.ceil(at / alignment) * alignment;
}

function atMost(count: number, most: number, what: string): number {
  if (count <= most) return count;
  throw new Flaw(`it claims more ${what} than any model has`);
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
