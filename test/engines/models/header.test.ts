import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { readHeader } from '#engines/models/header/read.ts';
import type { World } from '../../rig/home.ts';
import { put, tinyGguf, tinySafetensors } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';

const read = (world: World, content: Buffer | string, name = 'tiny.gguf') =>
  readHeader(put(world.path('work', name), content));

const TINY = {
  format: 'gguf',
  architecture: 'llama',
  name: 'Tiny',
  parameters: 64,
  contextLength: 2_048,
  quantisation: 'F32',
  tensors: 2,
};

describe('the header of a GGUF file', () => {
  test.for([
    { version: 1, bigEndian: false },
    { version: 2, bigEndian: false },
    { version: 3, bigEndian: false },
    { version: 3, bigEndian: true },
  ] as const)('of version $version is read, big-endian $bigEndian', (form, { world }) => {
    const whole = tinyGguf(form);
    expect(read(world, whole)).toEqual({ header: { ...TINY, version: form.version, least: whole.length } });
  });

  test('tells the quantisation by what the file calls itself', ({ world }) => {
    expect(read(world, tinyGguf({ fileType: 15 }))).toMatchObject({ header: { quantisation: 'Q4_K_M' } });
    expect(read(world, tinyGguf({ fileType: 999 }))).toMatchObject({ header: { quantisation: 'F32' } });
  });

  test('of a large vocabulary is passed over', ({ world }) => {
    const words = Array.from({ length: 50_000 }, (_, at) => `word-${at}`);
    expect(read(world, tinyGguf({ words }))).toMatchObject({ header: TINY });
  });

  test('says when the file is shorter than it tells', ({ world }) => {
    const whole = tinyGguf();
    expect(read(world, tinyGguf({ missing: 1 }))).toEqual({
      flaw: `it has ${whole.length - 1} bytes, and its header tells of ${whole.length}`,
    });
    expect(read(world, whole.subarray(0, 100))).toEqual({ flaw: 'it ends in the middle of its header' });
    expect(read(world, '')).toEqual({ flaw: 'it is empty' });
    expect(read(world, '<!doctype html>')).toEqual({ flaw: 'it does not begin as a GGUF file does' });
  });

  test.for([
    ['tensors', 8],
    ['keys', 16],
    ['the length of a key', 24],
    ['the length of a text', 24 + 8 + 'general.architecture'.length + 4],
  ] as const)('that claims 2^60 as %s is refused', ([, at], { world }) => {
    const hostile = Buffer.from(tinyGguf());
    hostile.writeBigUInt64LE(2n ** 60n, at);
    expect(read(world, hostile)).toHaveProperty('flaw');
  });

  test('with tensors larger than any file is refused', ({ world }) => {
    const tensors = { huge: [2 ** 40, 2 ** 40] };
    const infos = tinyGguf({ tensors: { huge: [1, 1] } });
    const at = infos.indexOf('huge') + 'huge'.length + 4;
    infos.writeBigUInt64LE(BigInt(tensors.huge[0] as number), at);
    infos.writeBigUInt64LE(BigInt(tensors.huge[1] as number), at + 8);
    expect(read(world, infos)).toEqual({ flaw: 'a tensor is larger than any file' });
  });

  test('is read or refused, whatever is in it, and never more than it', ({ world }) => {
    const whole = tinyGguf();
    const path = world.path('work', 'any.gguf');
    const change = fc.record({
      at: fc.nat(whole.length - 8),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(whole.length), (changes, end) => {
        const bytes = Buffer.from(whole);
        for (const { at, bytes: some } of changes) bytes.set(some, at);
        const reading = readHeader(put(path, bytes.subarray(0, end)));
        return 'flaw' in reading ? reading.flaw !== '' : (reading.header.least ?? 0) <= end;
      }),
      { numRuns: 200 },
    );
  });
});

describe('the header of a safetensors file', () => {
  const name = 'model.safetensors';

  test('tells its tensors', ({ world }) => {
    const whole = tinySafetensors();
    expect(read(world, whole, name)).toEqual({
      header: {
        format: 'safetensors',
        ...{ version: null, architecture: null, name: null, contextLength: null },
        ...{ parameters: 36, quantisation: 'BF16', tensors: 2, least: whole.length },
      },
    });
  });

  test('says when the file is shorter than it tells, or makes no sense', ({ world }) => {
    expect(read(world, tinySafetensors({ missing: 3 }), name)).toHaveProperty('flaw');
    const lying = Buffer.from(tinySafetensors());
    lying.writeBigUInt64LE(2n ** 60n);
    expect(read(world, lying, name)).toEqual({ flaw: 'it ends in the middle of its header' });
    lying.writeBigUInt64LE(4n);
    expect(read(world, lying, name)).toEqual({ flaw: 'its header is no JSON object' });
  });

  test('is read or refused, whatever is in it', ({ world }) => {
    const whole = tinySafetensors();
    const path = world.path('work', 'any.safetensors');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, end) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const reading = readHeader(put(path, bytes.subarray(0, end)));
        return 'flaw' in reading ? reading.flaw !== '' : (reading.header.least ?? 0) <= end;
      }),
      { numRuns: 200 },
    );
  });
});
