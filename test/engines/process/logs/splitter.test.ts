import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_LINE, openSplitter, type Piece } from '../../../../src/engines/process/logs/splitter.ts';

/** The lines of bytes that come in portions, the last one's end included. */
const split = (bytes: Buffer, portions: readonly number[] = []): Piece[] => {
  const splitter = openSplitter();
  const pieces: Piece[] = [];
  let at = 0;
  for (const size of [...portions, bytes.length]) {
    const part = Buffer.from(bytes.subarray(at, at + size));
    pieces.push(...splitter.push(part, at));
    part.fill('!');
    at += part.length;
  }
  return [...pieces, ...splitter.rest()];
};

describe('bytes become lines', () => {
  test('the same ones, however they arrive', () => {
    const lines = fc.array(fc.stringMatching(/^[^\n\r\0]{0,40}$/u));
    fc.assert(
      fc.property(lines, fc.array(fc.nat(30)), (texts, portions) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        const pieces = split(bytes, portions);
        expect(pieces.map(({ text }) => text)).toEqual(texts.map((text) => Buffer.from(text).toString()));
        const starts = texts.map((_, index) =>
          Buffer.byteLength(
            texts
              .slice(0, index)
              .map((text) => `${text}\n`)
              .join(''),
          ),
        );
        expect(pieces.map(({ offset }) => offset)).toEqual(starts);
      }),
    );
  });

  test('with ends of both kinds, and the last one without any', () => {
    expect(split(Buffer.from('one\r\ntwo\n\nfour\rfive'))).toEqual([
      { offset: 0, text: 'one' },
      { offset: 5, text: 'two' },
      { offset: 9, text: '' },
      { offset: 10, text: 'four\rfive' },
    ]);
  });

  test('without the zeros before them', () => {
    expect(split(Buffer.from('\0\0\0one\n\0\0two\n\0'), [2, 4])).toEqual([
      { offset: 3, text: 'one' },
      { offset: 9, text: 'two' },
    ]);
  });

  test('whatever is in them', () => {
    const bytes = Buffer.concat([
      Buffer.from('\u001b[31mred\0\u202e\n'),
      Buffer.from([0xc3, 0x28, 0xff, 0x0a]),
    ]);
    expect(split(bytes).map(({ text }) => text)).toEqual(['\u001b[31mred\0\u202e', '\ufffd(\ufffd']);
  });

  test('a very long one is cut between two characters, and the next is whole', () => {
    const long = `a${'é'.repeat(LONGEST_LINE)}`;
    const [first, second] = split(Buffer.from(`${long}\nnext\n`), Array(200).fill(4099));
    expect(first).toEqual({ offset: 0, text: `a${'é'.repeat(LONGEST_LINE / 2 - 1)}`, cut: true });
    expect(second).toEqual({ offset: Buffer.byteLength(long) + 1, text: 'next' });
  });
});
