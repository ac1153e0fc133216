import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cells, cut, sized, skip } from '#panes/kit/cells.ts';
import { fitLine, lineCells, overlay, span, textOf } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';

const HOSTILE = [
  '\x1b[31mred\x07',
  '\x1b]0;owned\x07',
  'one\ntwo\rthree\tfour',
  '\x9b2J',
  'مرحبا \u202eevil\u2066',
  '\u0301combining first',
  'e\u0301\u0301\u0301',
  '👨‍👩‍👧 🇩🇪 👍🏽 1️⃣ ❤️',
  '漢字かな한국어',
  'Z\u0351\u0353a\u0334lgo',
  'zero\u200bwidth\ufeff',
  '\ud800 lone',
];

describe('text from outside', () => {
  test.each(HOSTILE)('%j has nothing left that a terminal obeys', (text) => {
    expect(plain(text)).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
  });

  test.each(HOSTILE)('%j takes as many cells on a terminal as it is said to', async (text) => {
    expect(await cellsOnTerminal(plain(text))).toBe(cells(plain(text)));
  });

  test('an escape sequence shows itself instead of acting', () => {
    expect(plain('\x1b[31mred')).toBe('␛[31mred');
  });
});

describe('cut to cells', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '漢', '🎉', 'e\u0301', ' ', '─'))
    .map((parts) => parts.join(''));
  const width = fc.integer({ min: 0, max: 12 });

  test('a fitted text takes exactly its cells', () => {
    fc.assert(fc.property(text, width, (one, room) => cells(sized(one, room, '…')) === room));
  });

  test('a cut text is never wider, and begins as the whole does', () => {
    fc.assert(
      fc.property(
        text,
        width,
        (one, room) => cells(cut(one, room)) <= room && one.startsWith(cut(one, room)),
      ),
    );
  });

  test('what is skipped and what is kept make up the whole width', () => {
    fc.assert(
      fc.property(text, width, (one, room) => cells(skip(one, room)) === Math.max(0, cells(one) - room)),
    );
  });

  test('a line fitted or laid over keeps its width', () => {
    fc.assert(
      fc.property(text, text, width, (under, over, column) => {
        const line = fitLine([span(under), span(over, 'quiet')], 20, '…');
        const laid = overlay(line, Math.min(column, 12), fitLine([span(over)], 8, '…'));
        return lineCells(line) === 20 && lineCells(laid) === 20;
      }),
    );
  });

  test('the mark stands where something is missing and nowhere else', () => {
    expect(textOf(fitLine([span('repo'), span('sitory')], 10, '…'))).toBe('repository');
    expect(textOf(fitLine([span('repo'), span('sitory')], 9, '…'))).toBe('reposito…');
    expect(textOf(fitLine([span('repo'), span('sitory')], 4, '…'))).toBe('rep…');
  });
});

async function cellsOnTerminal(text: string): Promise<number> {
  const terminal = new headless.Terminal({ cols: 200, rows: 2, allowProposedApi: true });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  return terminal.buffer.active.cursorX;
}
