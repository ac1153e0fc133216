import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineCells, span, textOf } from '#panes/kit/line.ts';
import { wrapLine } from '#panes/kit/wrap.ts';

const wrapped = (text: string, width: number) => wrapLine([span(text)], width).map(textOf);

test('a line breaks between words', () => {
  expect(wrapped('the remote host does not answer', 16)).toEqual(['the remote host', 'does not answer']);
});

test('what follows stands under the first word', () => {
  expect(wrapped('    git reset --hard 0123456789', 20)).toEqual(['    git reset --hard', '    0123456789']);
});

test('a word longer than the line is cut', () => {
  expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
});

test('a line that fits stays as it is', () => {
  expect(wrapped('as it is', 8)).toEqual(['as it is']);
});

test('no line is wider than told, and nothing is lost', () => {
  const text = fc
    .array(fc.constantFrom('a', 'bc', '漢字', ' ', '  ', 'longer-word'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), (one, width) => {
      const lines = wrapLine([span(one)], width);
      expect(lines.every((line) => lineCells(line) <= width || lines.length === 1)).toBe(true);
      const letters = (text: string) => text.replaceAll(/\s/g, '');
      expect(letters(lines.map(textOf).join(''))).toBe(letters(one));
    }),
  );
});
