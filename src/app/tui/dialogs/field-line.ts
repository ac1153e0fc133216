import { type Line, span } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import { plain } from '#panes/kit/plain.ts';
import type { Field } from '../state/field.ts';

/** A text field with its cursor drawn in it, so that the terminal's own can stay hidden. */
export function fieldLine({ text, cursor }: Field, look: Look): Line {
  return [span(`${look.sign('into')} `, 'key'), ...cursorSpans({ text, cursor })];
}

/** The text with the character at the cursor on a ground of its own. */
export function cursorSpans({ text, cursor }: Field): Line {
  const at = [...text.slice(cursor)][0] ?? ' ';
  return [
    span(plain(text.slice(0, cursor))),
    { text: plain(at), tone: 'strong', ground: 'cursor' },
    span(plain(text.slice(cursor + (cursor < text.length ? at.length : 0)))),
  ];
}
