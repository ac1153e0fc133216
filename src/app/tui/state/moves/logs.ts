import { open } from '../../dialogs/dialog.ts';
import { formFor, saying } from '../../dispatch/call.ts';
import { field } from '../field.ts';
import { fileName } from '../logs/file-name.ts';
import { logInHand } from '../logs/hand.ts';
import type { LogRange, Logs, Mark } from '../logs/logs.ts';
import { RANGE } from '../logs/range.ts';
import { changed, following, lineInHand, showing, toggledFull } from '../logs/scroll.ts';
import { lineKey } from '../logs/window.ts';
import type { State } from '../state.ts';
import { cardOf, type World } from '../world.ts';
import { FIND } from './find.ts';
import type { Move, Moves } from './move.ts';

/** What the logs in the detail can be told to do. */
export const LOGS: Moves = {
  'log.search': (state, world) => FIND['filter.open']?.(state, world) ?? state,
  'log.follow': following,
  'log.full': toggledFull,
  'log.wrap': toggled('wrap', ['long lines go on below', 'long lines are cut']),
  'log.times': toggled('times', ['with times', 'without times']),
  'log.raw': toggled('raw', ['JSON as it was written', 'JSON by its messages']),
  'log.mark': mark,
  'log.mark-next': toMark(1),
  'log.mark-previous': toMark(-1),
  'log.range': range('since'),
  'log.filter': range('grep'),
  'log.moment': (state) => open(state, { kind: 'prompt', what: 'moment', field: field() }),
  'log.save': (state) => {
    const view = logInHand(state);
    return view
      ? open(state, { kind: 'prompt', what: 'file', field: field(fileName(view, state.now)) })
      : state;
  },
};

function toggled(what: 'wrap' | 'times' | 'raw', [on, off]: readonly [string, string]): Move {
  return (state) => {
    const logs: Logs = { ...state.logs, [what]: !state.logs[what] };
    return saying({ ...state, logs, detail: { ...state.detail, left: 0 } }, logs[what] ? on : off, 'quiet');
  };
}

function mark(state: State, world: World): State {
  const line = lineInHand(state, world);
  if (!line) return state;
  const { process, offset, at } = line;
  const marks = new Map(state.logs.marks);
  if (!marks.delete(lineKey(line))) marks.set(lineKey(line), { process, offset, at });
  return { ...state, logs: { ...state.logs, marks } };
}

/** The next mark, around the end; one whose line is not in the window is read from its log. */
function toMark(step: 1 | -1): Move {
  return (state, world) => {
    const view = logInHand(state);
    const here = lineInHand(state, world);
    if (!view || !here) return state;
    const marks = [...state.logs.marks.values()]
      .filter(({ process }) => view.processes.includes(process))
      .toSorted((a, b) => order(a, b) * step);
    const next = marks.find((one) => order(one, here) * step > 0) ?? marks[0];
    if (!next) return saying(state, 'nothing is marked here', 'quiet');
    const at = view.window.lines.findIndex((line) => lineKey(line) === lineKey(next));
    if (at === -1) return changed(state, { wants: { kind: 'line', ...next }, failure: undefined });
    const number = view.window.first + at;
    return changed(showing(state, world, number), { found: number });
  };
}

function order(a: Mark, b: Mark): number {
  return (a.at ?? 0) - (b.at ?? 0) || a.offset - b.offset;
}

/** The headless form, with the fields that say which lines are shown, as they are now. */
function range(at: (typeof RANGE)[number]): Move {
  return (state, world) => {
    const view = logInHand(state);
    const card = cardOf(world, 'process.logs');
    if (!view || !card) return state;
    const form = formFor(card, { action: card.id, input: { names: view.processes } });
    const fields = form.fields
      .filter(({ name }) => RANGE.some((one) => one === name))
      .map((one) => ({
        ...one,
        field: field(String(view.range[one.name as keyof LogRange] ?? one.field.text)),
      }));
    return open(state, {
      ...form,
      fields,
      at: Math.max(
        0,
        fields.findIndex(({ name }) => name === at),
      ),
      isRange: true,
    });
  };
}
