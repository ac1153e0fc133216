import { cells, cut } from './cells.ts';
import { type Line, lineCells, type Span } from './line.ts';

/**
 * The line as lines that fit, broken between words where that is possible; what follows stands under the first word.
 */
export function wrapLine(line: Line, width: number): Line[] {
  if (width <= 0 || lineCells(line) <= width) return [line];
  const indent = ' '.repeat(Math.min(indentOf(line), Math.floor(width / 2)));
  const lines: Span[][] = [[]];
  let room = width;
  for (const piece of line.flatMap(wordsOf)) {
    let { text } = piece;
    while (cells(text) > room) {
      // On a line of its own a word that is too long is cut.
      const fits = room >= width - indent.length ? cut(text, room) : '';
      lines.at(-1)?.push({ ...piece, text: fits });
      text = fits === '' ? text.trimStart() : text.slice(fits.length);
      lines.push([{ text: indent }]);
      room = width - indent.length;
      if (text === '') break;
    }
    lines.at(-1)?.push({ ...piece, text });
    room -= cells(text);
  }
  return lines;
}

/** Words with the spaces before them, in their tones. */
function wordsOf(span: Span): Span[] {
  return (span.text.match(/\s*\S+|\s+$/g) ?? []).map((text) => ({ ...span, text }));
}

function indentOf(line: Line): number {
  const text = line.map((one) => one.text).join('');
  return text.length - text.trimStart().length;
}
