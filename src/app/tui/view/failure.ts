import type { Failure } from '#engines/core/errors.ts';
import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';

/** What happened, what it means, and the first thing to try, where something else would stand. */
export function failureLines({ message, meaning, next: [next] = [] }: Failure): Line[] {
  return [
    [span(plain(message), 'bad')],
    ...(meaning ? [[span(plain(meaning), 'quiet')]] : []),
    ...(next ? [[span(plain(next), 'key')]] : []),
  ];
}
