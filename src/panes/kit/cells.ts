import stringWidth from 'string-width';

/** Latin, Greek, Cyrillic, punctuation, arrows, box drawing, Braille: one cell each, never joined to a neighbour. */
const NARROW =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2319\u2500-\u25fc\u2713-\u2718\u2800-\u28ff\ue0a0-\ue0ff]*$/;

/** How many cells of a terminal the text takes. Text from outside goes through `plain` first. */
export function cells(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** As much of the text as fits into so many cells. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (NARROW.test(text)) return text.slice(0, width);
  let end = 0;
  let taken = 0;
  for (const { segment, index } of graphemes(text)) {
    taken += stringWidth(segment);
    if (taken > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The text without what stands in its first cells; a wide character that the edge would halve becomes spaces. */
export function skip(text: string, width: number): string {
  if (width <= 0) return text;
  if (NARROW.test(text)) return text.slice(width);
  let passed = 0;
  for (const { segment, index } of graphemes(text)) {
    if (passed >= width) return ' '.repeat(passed - width) + text.slice(index);
    passed += stringWidth(segment);
  }
  return ' '.repeat(Math.max(0, passed - width));
}

/** The text in so many cells at the most, its end replaced by a mark where something is missing. */
export function clip(text: string, width: number, mark: string): string {
  if (text.length <= width && cells(text) <= width) return text;
  if (cells(text) <= width) return text;
  const room = width - cells(mark);
  return room < 0 ? cut(mark, width) : cut(text, room) + mark;
}

/** The text in exactly so many cells. */
export function sized(text: string, width: number, mark: string, align: 'left' | 'right' = 'left'): string {
  const clipped = clip(text, width, mark);
  const space = ' '.repeat(Math.max(0, width - cells(clipped)));
  return align === 'right' ? space + clipped : clipped + space;
}

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}
