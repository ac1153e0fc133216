import type { Diff } from '#engines/repo/types.ts';
import { type Line, span, type Tone } from './line.ts';
import { note } from './note.ts';
import { plain } from './plain.ts';

const DIFF_TONES: [start: RegExp, tone: Tone][] = [
  [/^(?:diff |index |similarity |rename |new file|deleted file|old mode|new mode)/, 'quiet'],
  [/^(?:\+\+\+|---) /, 'strong'],
  [/^@@/, 'name'],
  [/^\+/, 'good'],
  [/^-/, 'bad'],
];

/** A patch, its lines in their colours. */
export function diffLines({ text, truncated }: Diff): Line[] {
  if (text.trim() === '') return note('No difference to show.');
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line): Line => [span(plain(line), DIFF_TONES.find(([start]) => start.test(line))?.[1])]);
  return truncated
    ? [...lines, [], [span('The patch goes on: it is too long to be shown whole.', 'warning')]]
    : lines;
}
