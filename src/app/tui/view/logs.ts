import { fitLine, grounded, type Line, skipLine, span } from '#panes/kit/line.ts';
import { headCells, logHead } from '#panes/kit/log.ts';
import type { Look } from '#panes/kit/look.ts';
import { note } from '#panes/kit/note.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { LogView } from '../state/logs/logs.ts';
import { isFollowing } from '../state/logs/logs.ts';
import { rangeWords } from '../state/logs/range.ts';
import { firstPlace, mannerOf, type Row, rowsFrom } from '../state/logs/rows.ts';
import { highlighted, matchWords } from '../state/logs/search.ts';
import type { Room } from '../state/logs/view.ts';
import { lineKey } from '../state/logs/window.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { failureLines } from './failure.ts';

/** The lines of logs that are in sight, each behind a sign that says whether it is marked or was gone to. */
export function logLines(state: State, view: LogView, room: Room, look: Look): Line[] {
  if (view.window.lines.length === 0) return emptyLines(view, room);
  const rows = rowsFrom(state, view, room, firstPlace(state, view, room));
  return rows.map((row) => rowLine(row, { state, view, room, look }));
}

interface Drawing {
  state: State;
  view: LogView;
  room: Room;
  look: Look;
}

function rowLine({ line, number, isFirst, body }: Row, { state, view, room, look }: Drawing): Line {
  const { left, search } = state.detail;
  const manner = mannerOf(state, view, room);
  const isMarked = state.logs.marks.has(lineKey(line));
  const sign = isMarked
    ? span(look.sign('marked'), 'mark')
    : number === view.found
      ? span(look.sign('selected'), 'focus')
      : span(left > 0 ? look.sign('more') : ' ', 'quiet');
  const row: Line = [
    isFirst ? sign : span(' '),
    span(' '),
    ...(isFirst ? logHead(line, manner, look) : [span(' '.repeat(headCells(manner)))]),
    ...skipLine(highlighted(body, search), left),
  ];
  if (!isMarked && number !== view.found) return row;
  return grounded(fitLine(row, room.width + 2, look.sign('more')), isMarked ? 'marked' : 'resting');
}

function emptyLines({ status, failure, range }: LogView, room: Room): Line[] {
  if (failure) return failureLines(failure).flatMap((line) => wrapLine([span('  '), ...line], room.width));
  const isRange = rangeWords(range).length > 0;
  const words =
    status === 'reading' ? 'reading' : isRange ? 'No line is like that.' : 'Nothing has been written yet.';
  return note(`  ${words}`);
}

/** Whether the end is followed, or how much has come since it was left. */
export function followLine(view: LogView, { keymap, sign }: World): Line {
  const { failure, missed, range, status } = view;
  if (failure) return [span('stopped', 'bad')];
  if (status === 'reading') return [span('reading', 'quiet')];
  if (isFollowing(view)) return [span(range.until === undefined ? 'following' : 'the end', 'quiet')];
  const key = span(keymap.keyFor('log.follow'), 'key');
  const count = `${missed.lines.toLocaleString('en')}${missed.more ? '+' : ''}`;
  return missed.lines === 0
    ? [key, span(' follows again', 'quiet')]
    : [
        span(`${count} new`, 'warning'),
        span(`  ${sign('between')}  `, 'quiet'),
        key,
        span(' follows', 'quiet'),
      ];
}

/** What of the logs is shown, and what is searched for in it. */
export function partLine(state: State, { range }: LogView, world: World): Line {
  const words = [...rangeWords(range).map(plain), matchWords(state)].filter(Boolean);
  return words.length === 0 ? [] : [span(words.join(` ${world.sign('between')} `), 'name')];
}
