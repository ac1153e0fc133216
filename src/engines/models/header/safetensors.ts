import * as z from 'zod/mini';
import { isRecord } from '#engines/core/json.ts';
import type { Cursor } from './cursor.ts';
import { Flaw, type Header, mainKind, product } from './header.ts';

/** The format's own limit. */
export const LONGEST_SAFETENSORS = 100_000_000;

const size = z.int().check(z.minimum(0));

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]).check(z.refine(([from, to]) => from <= to)),
});

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

function tensorsIn(header: Record<string, unknown>) {
  return Object.entries(header).flatMap(([name, value]) => {
    if (name === '__metadata__') return [];
    const { data, success } = tensorSchema.safeParse(value);
    if (!success) throw new Flaw('its header has something in it that is no tensor');
    return [data];
  });
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
