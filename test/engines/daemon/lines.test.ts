import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { linesOf } from '#engines/daemon/lines.ts';

const read = async (chunks: Iterable<Buffer>, limit?: number) =>
  Array.fromAsync(linesOf(Readable.from(chunks), limit));
const failure = (work: Promise<unknown>) => work.then(() => undefined, failureOf);

test('given lines cut into chunks anywhere, within characters too, then the same lines come out', async () => {
  const lines = fc.array(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '').toWellFormed()),
  );
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), async (given, size) => {
      const bytes = Buffer.from(given.map((line) => `${line}\n`).join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await read(chunks)).toEqual(given);
    }),
  );
});

test('given a stream that ends within a line, then that is wire-torn', async () => {
  expect(await failure(read([Buffer.from('whole\nhal'), Buffer.from('f')]))).toMatchObject({
    code: 'wire-torn',
    message: 'The connection ended 4 bytes into a message.',
  });
});

test.each([
  ['in one chunk', [Buffer.from('12345678\n')]],
  ['in many', [Buffer.from('1234'), Buffer.from('5678')]],
])('given a line beyond the limit %s, then that is line-too-long', async (_, chunks) => {
  expect(await failure(read(chunks, 7))).toMatchObject({ code: 'line-too-long' });
  expect(await read([Buffer.from('1234567\n')], 7)).toEqual(['1234567']);
});

test('given a stream that breaks, then the lines before are all there is', async () => {
  const stream = new PassThrough();
  const lines = linesOf(stream);
  stream.write('one\n');
  expect(await lines.next()).toEqual({ done: false, value: 'one' });

  stream.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));

  expect(await lines.next()).toEqual({ done: true, value: undefined });
});
