import { isRecord } from '#engines/core/json.ts';
import type { Cursor } from './cursor.ts';
import { Flaw, type Header, mainKind, product } from './header.ts';

/** The format's own limit. */
export const LONGEST_SAFETENSORS = 100_000_000;

interface Stored {
  dtype: string;
  shape: number[];
  /** Where its bytes begin and end, from the end of the header. */
  data_offsets: [from: number, to: number];
}

/** The header of a safetensors file: its length in 64 bits, then a JSON object of tensors. */
export function readSafetensors(cursor: Cursor): Header {
  const length = Number(cursor.bytes(8).readBigUInt64LE());
  const tensors = tensorsIn(objectIn(cursor.bytes(length)));
  const data = tensors.reduce((most, { data_offsets: [, to] }) => Math.max(most, to), 0);
  const counted = tensors.map(({ dtype, shape }) => ({ kind: dtype, elements: product(shape) }));
  return {
    format: 'safetensors',
    ...{ version: null, architecture: null, name: null, contextLength: null },
    parameters: counted.reduce((sum, { elements }) => sum + elements, 0),
    quantisation: mainKind(counted),
    tensors: tensors.length,
    least: cursor.at + data,
  };
}

function tensorsIn(header: Record<string, unknown>): Stored[] {
  return Object.entries(header).flatMap(([name, value]) => {
    if (name === '__metadata__') return [];
    if (!isStored(value)) throw new Flaw('its header has something in it that is no tensor');
    return [value];
  });
}

function isStored(value: unknown): value is Stored {
  if (!isRecord(value)) return false;
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !areSizes(shape) || !areSizes(offsets)) return false;
  const [from, to] = offsets;
  return offsets.length === 2 && (from as number) <= (to as number);
}

function areSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
}

function objectIn(bytes: Buffer): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(bytes.toString('utf8'));
    if (isRecord(header)) return header;
  } catch {
    // Below.
  }
  throw new Flaw('its header is no JSON object');
}
