import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, wholeLines } from '#engines/gate/relay/lines.ts';

async function* piecesOf(pieces: readonly string[], breaksOff = false): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
  if (breaksOff) throw new Error('gone');
}

const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r\n'), maxLength: 5 }));

test('whole lines are the same bytes, and all but the last piece end with a line', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const read = await Array.fromAsync(wholeLines(piecesOf(given)));
      expect(Buffer.concat(read).toString()).toBe(given.join(''));
      for (const piece of read.slice(0, -1)) expect(piece.toString().endsWith('\n')).toBe(true);
    }),
  );
});

test('of what breaks off, the line that has begun is not told', async () => {
  const read: string[] = [];
  const reading = async () => {
    for await (const some of wholeLines(piecesOf(['data: 1\n\nda', 'ta: 2'], true))) read.push(String(some));
  };
  await expect(reading()).rejects.toThrow('gone');
  expect(read).toEqual(['data: 1\n\n']);
});

test('lines are the same, however their bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const lines = given.join('').split(/\r?\n/);
      const read = await Array.fromAsync(linesOf(piecesOf(given)));
      expect(read).toEqual(lines.at(-1) === '' ? lines.slice(0, -1) : lines);
    }),
  );
});
