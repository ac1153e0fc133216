import { cells } from '#panes/kit/cells.ts';
import { type Line, skipLine, span, textOf } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { inside, type Rect } from '../layout/rect.ts';
import { detailLines, roomIn, wantedDetail } from '../state/detail.ts';
import { matcher } from '../state/filter.ts';
import type { LogView } from '../state/logs/logs.ts';
import { isAlone, logRoom } from '../state/logs/view.ts';
import { inDialog } from '../state/places.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import type { Theme } from '../theme/theme.ts';
import { boxLines } from './box.ts';
import { followLine, logLines, partLine } from './logs.ts';

/** The selected row's detail: its sections by name, and the lines of the shown one. */
export function detailBox(rect: Rect, state: State, world: World, theme: Theme): Line[] {
  return state.logs.view
    ? logsBox(state.logs.view, { rect, state, world, theme })
    : pageBox(rect, state, world, theme);
}

interface Drawing {
  rect: Rect;
  state: State;
  world: World;
  theme: Theme;
}

/** Logs: whether they are followed stands in the upper edge, what part of them is shown in the lower one. */
function logsBox(view: LogView, { rect, state, world, theme }: Drawing): Line[] {
  const hasKeys = state.detail.hasKeys && !inDialog(state);
  const look = theme.look(state.now);
  const room = logRoom(state, world);
  const { width } = inside(rect);
  return boxLines({
    rect,
    signs: theme.frame(hasKeys),
    tone: hasKeys ? 'focus' : 'frame',
    title: titleOf(state, world, hasKeys),
    badge: followLine(view, world),
    below: partLine(state, view, world),
    lines: [
      ...(isAlone(state) ? [] : [sectionLine(state, world, width), []]),
      ...(room ? logLines(state, view, room, look) : []),
    ],
    more: look.sign('more'),
  });
}

function pageBox(rect: Rect, state: State, world: World, theme: Theme): Line[] {
  const { top, left, search } = state.detail;
  const hasKeys = state.detail.hasKeys && !inDialog(state);
  const { width, height } = roomIn(rect);
  const look = theme.look(state.now);
  const lines = detailLines(state, world, width);
  const matches = matcher(search);
  const inSight = lines
    .slice(top, top + height)
    .map((line) => (search && matches(textOf(line)) ? matched(line) : line))
    .map(
      (line): Line => [
        span(left > 0 && line.length > 0 ? look.sign('more') : ' ', 'quiet'),
        ...skipLine(line, left),
      ],
    );
  return boxLines({
    rect,
    signs: theme.frame(hasKeys),
    tone: hasKeys ? 'focus' : 'frame',
    title: titleOf(state, world, hasKeys),
    below:
      lines.length > height ? [span(`${Math.min(lines.length, top + height)}/${lines.length}`, 'quiet')] : [],
    lines: [sectionLine(state, world, width + 2), [], ...(lines.length > 0 ? inSight : waiting(state))],
    more: look.sign('more'),
  });
}

function titleOf(state: State, world: World, hasKeys: boolean): Line {
  const wanted = wantedDetail(state, world);
  const name = plain(state.logs.view?.title ?? (wanted ? wanted.pane.name(wanted.row) : 'nothing selected'));
  return [
    span(name, hasKeys ? 'focus' : 'strong'),
    ...(state.detail.search ? [span(` /${plain(state.detail.search)}`, 'match')] : []),
  ];
}

/** The sections side by side; where they don't fit, the shown one and how many there are. */
function sectionLine(state: State, world: World, width: number): Line {
  const wanted = wantedDetail(state, world);
  if (!wanted) return [];
  const { pane, section } = wanted;
  const all: Line = pane.sections.flatMap(
    ({ id, title }): Line => [
      span(' '),
      id === section.id ? { text: ` ${title} `, tone: 'strong', ground: 'tab' } : span(` ${title} `, 'quiet'),
    ],
  );
  if (cells(textOf(all)) <= width) return all;
  const at = pane.sections.indexOf(section) + 1;
  return [
    span(' '),
    { text: ` ${section.title} `, tone: 'strong', ground: 'tab' },
    span(`  ${at} of ${pane.sections.length}, [ ]`, 'quiet'),
  ];
}

function waiting(state: State): Line[] {
  return [[span(state.detail.answer?.status === 'loading' ? ' reading' : '', 'quiet')]];
}

function matched(line: Line): Line {
  return line.map((one) => ({ ...one, tone: 'match' }));
}
