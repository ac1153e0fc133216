import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryIn, partsOf } from '#engines/gate/relay/multipart.ts';

const BOUNDARY = 'between';

const form = (...parts: [head: string, body: string][]): Buffer =>
  Buffer.concat([
    ...parts.map(([head, body]) => Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n${body}\r\n`, 'latin1')),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);

const named = (name: string, more = '') => `Content-Disposition: form-data; name="${name}"${more}`;

/** The bytes in pieces that end at those places. */
async function* inPieces(bytes: Buffer, ends: readonly number[]): AsyncGenerator<Buffer> {
  const places = [0, ...ends.map((end) => end % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  for (const [index, from] of places.slice(0, -1).entries()) {
    const piece = bytes.subarray(from, places[index + 1]);
    if (piece.length > 0) yield piece;
  }
}

const readAll = async (chunks: AsyncIterable<Buffer>, boundary = BOUNDARY) => {
  const read: { name: string; filename?: string; body: string }[] = [];
  for await (const { name, filename, body } of partsOf(chunks, boundary)) {
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    read.push({ name, filename, body: Buffer.concat(pieces).toString('latin1') });
  }
  return read;
};

describe('the parts of a form', () => {
  test('are the same, however its bytes arrive', async () => {
    const body = fc
      .string({
        unit: fc.constantFrom('\r', '\n', '-', 'b', `\r\n--${BOUNDARY.slice(0, 4)}`, 'x'),
        maxLength: 60,
      })
      .filter((text) => !text.includes(`--${BOUNDARY}`));
    await fc.assert(
      fc.asyncProperty(body, body, fc.array(fc.nat(), { maxLength: 20 }), async (first, second, ends) => {
        const bytes = form([named('name'), first], [named('file', '; filename="a.gguf"'), second]);
        expect(await readAll(inPieces(bytes, ends))).toEqual([
          { name: 'name', filename: undefined, body: first },
          { name: 'file', filename: 'a.gguf', body: second },
        ]);
      }),
    );
  });

  test('that nobody reads are passed', async () => {
    const bytes = form([named('large'), 'x'.repeat(100_000)], [named('small'), 'y']);
    const names: string[] = [];
    for await (const { name } of partsOf(inPieces(bytes, [9, 50_000]), BOUNDARY)) names.push(name);
    expect(names).toEqual(['large', 'small']);
  });

  test('have names as browsers and programs write them', async () => {
    const names = ['; filename="a b.gguf"', '; filename="a\\"b"', '; filename="a%22b"', '; filename=plain'];
    const bytes = form(...names.map((more): [string, string] => [named('file', more), '']));
    const read = await readAll(inPieces(bytes, []));
    expect(read.map(({ filename }) => filename)).toEqual(['a b.gguf', 'a"b', 'a"b', 'plain']);
  });

  test.each([
    ['breaks off in a body', form([named('file'), 'abc']).subarray(0, -12)],
    ['breaks off in a head', Buffer.from(`--${BOUNDARY}\r\nContent-Dispo`)],
    ['has a part without a name', form(['Content-Type: text/plain', 'abc'])],
    ['has a head without an end', Buffer.from(`--${BOUNDARY}\r\n${'x'.repeat(40_000)}`)],
    ['has another boundary', Buffer.from('--other\r\n\r\n\r\n--other--')],
  ])('of a form that %s are refused', async (_, bytes) => {
    await expect(readAll(inPieces(bytes, [5]))).rejects.toMatchObject({ status: 400, code: 'body-unfit' });
  });
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
  ['application/json', undefined],
  [undefined, undefined],
])('the boundary in %s is %s', (type, boundary) => expect(boundaryIn(type)).toBe(boundary));
