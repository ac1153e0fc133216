import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import { logInHand } from '../state/logs/hand.ts';
import { rangeWords } from '../state/logs/range.ts';
import { changed } from '../state/logs/scroll.ts';
import type { Prompt } from '../state/overlay.ts';
import { type State, type Turn, turn } from '../state/state.ts';
import { tidyPath } from '../view/path.ts';
import { closeTop, type Dialog, replaceTop } from './dialog.ts';
import { fieldLine } from './field-line.ts';

/** Asks for the one thing that a move has to be told. */
export const prompt: Dialog<Prompt> = {
  places: () => ['prompt', 'dialog', 'text'],
  field: ({ field }) => field,
  typed: (overlay, field, state) => replaceTop(state, { ...overlay, field, problem: undefined }),
  act: (id, overlay, state) => {
    if (id === 'dialog.close') return closeTop(state);
    return id === 'prompt.take' && overlay.field.text.trim() !== '' ? taken(overlay, closeTop(state)) : state;
  },
  draw: ({ what, field, problem }, state, world, { look, width }) => {
    const about = what === 'file' ? aboutFile(state, world.home, look.sign('more')) : MOMENT;
    return {
      title: what === 'file' ? 'Save the log' : 'Go to a time',
      width: 64,
      lines: [
        ...about.flatMap((line) => wrapLine(line, width)),
        [],
        fieldLine(field, look),
        ...(problem === undefined ? [] : wrapLine([span(plain(problem), 'bad')], width)),
      ],
    };
  },
};

const MOMENT: Line[] = [[span('How long ago, or when: 10m, 1h30m, 14:30, 2026-01-31T14:30', 'quiet')]];

function aboutFile({ logs: { view }, scope }: State, home: string, more: string): Line[] {
  const words = view ? rangeWords(view.range) : [];
  const directory = scope.kind === 'workspace' ? scope.root : scope.directory;
  return [
    [span(words.length > 0 ? `Every line ${plain(words.join(', '))}.` : 'All that is kept of it.', 'quiet')],
    [
      span('In ', 'quiet'),
      span(plain(tidyPath(directory, home, more)), 'name'),
      span(' unless told.', 'quiet'),
    ],
  ];
}

function taken({ what, field }: Prompt, state: State): State | Turn {
  const view = logInHand(state);
  const text = field.text.trim();
  if (!view) return state;
  if (what === 'moment')
    return changed(state, { wants: { kind: 'moment', since: text }, failure: undefined });
  return turn(state, { kind: 'save-logs', file: text, view, timestamps: state.logs.times });
}
