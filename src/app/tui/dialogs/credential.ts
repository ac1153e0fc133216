import { span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { Credential } from '../state/overlay.ts';
import { turn } from '../state/state.ts';
import { closeTop, type Dialog, replaceTop } from './dialog.ts';
import { fieldLine } from './field-line.ts';

/** git or ssh asks; what is secret is never shown, not even its length. */
export const credential: Dialog<Credential> = {
  places: () => ['typing', 'dialog', 'text'],
  field: ({ field }) => field,
  typed: (overlay, field, state) => replaceTop(state, { ...overlay, field }),
  act: (id, { question, field }, state) => {
    if (id === 'confirm.typed') {
      return turn(closeTop(state), { kind: 'answer', question, answer: { kind: 'text', value: field.text } });
    }
    return id === 'dialog.close'
      ? turn(closeTop(state), { kind: 'answer', question, answer: { kind: 'no' } })
      : state;
  },
  draw: ({ prompt, secret, field }, _state, _world, { look, width }) => ({
    title: 'git asks',
    width: 64,
    lines: [
      ...wrapLine([span(plain(prompt.trim()), 'strong')], width),
      [],
      secret
        ? [
            span(`${look.sign('into')} `, 'key'),
            span(field.text ? 'typed, not shown' : 'is not shown while you type', 'quiet'),
          ]
        : fieldLine(field, look),
    ],
  }),
};
