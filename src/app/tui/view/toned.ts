import type { Meaning, Style } from '#app/surface/style.ts';
import { type Line, span, type Tone } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';

/** Controls around styled text: what comes from outside has none left by then. */
const STYLED = /\x01(\w+)\x02([^\x03]*)\x03/g;

const TONES: Record<Meaning, Tone> = {
  good: 'good',
  warning: 'warning',
  bad: 'bad',
  quiet: 'quiet',
  strong: 'strong',
  name: 'name',
};

/** Keeps what text means, for `toned`. */
export const meant: Style = (meaning, text) => `\x01${meaning}\x02${text}\x03`;

/** A line that was styled with `meant`, in the tones of the screen. */
export function toned(text: string): Line {
  const line: Line[number][] = [];
  let end = 0;
  for (const { 0: whole, 1: meaning, 2: styled = '', index } of text.matchAll(STYLED)) {
    if (index > end) line.push(span(plain(text.slice(end, index))));
    line.push(span(plain(styled), TONES[meaning as Meaning]));
    end = index + whole.length;
  }
  if (end < text.length) line.push(span(plain(text.slice(end))));
  return line;
}
