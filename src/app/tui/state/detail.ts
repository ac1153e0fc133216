import type { Activity } from '#engines/activity/types.ts';
import { type Line, lineCells, span } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import type { Call, Pane, Section } from '#panes/pane.ts';
import { inside, type Rect } from '../layout/rect.ts';
import { shown } from './rows.ts';
import type { Answer, State } from './state.ts';
import { focusedPane, paneState, type World } from './world.ts';

/** What the detail is about now. */
export interface Wanted {
  pane: Pane;
  section: Section;
  row: unknown;
  /** Names the question: a changed row asks again. */
  asked: string;
  /** One question, or several. */
  call?: Call | readonly Call[];
}

/** Nothing while no detail is open, or no row is selected. */
export function wantedDetail(state: State, world: World): Wanted | undefined {
  if (!state.zoomed) return undefined;
  const pane = focusedPane(state, world);
  const { rows, selected } = paneState(state, pane.id);
  const row = selected === undefined ? undefined : rows.get(selected);
  const section = pane.sections.find(({ id }) => id === state.detail.sections[pane.id]) ?? pane.sections[0];
  if (row === undefined || section === undefined) return undefined;
  const call = 'query' in section ? section.query?.(row) : undefined;
  return { pane, section, row, call, asked: `${pane.id} ${selected} ${JSON.stringify(call ?? section.id)}` };
}

interface Remembered {
  width: number;
  row: unknown;
  section: Section;
  lines: readonly Line[];
}

const remembered = new WeakMap<Answer, Remembered>();

/** Cells and lines that a detail has in its frame, for what it says. */
export function roomIn(frame: Rect): { width: number; height: number } {
  const { width, height } = inside(frame);
  return { width: width - 2, height: height - 2 };
}

const widest = new WeakMap<readonly Line[], number>();

/** Cells of the longest line. */
export function widthOf(lines: readonly Line[]): number {
  const known = widest.get(lines);
  if (known !== undefined) return known;
  const width = lines.reduce((most, line) => Math.max(most, lineCells(line)), 0);
  widest.set(lines, width);
  return width;
}

/** The detail's lines, as far as they are known; those of an answer are made once for each width. */
export function detailLines(state: State, world: World, width: number): readonly Line[] {
  const wanted = wantedDetail(state, world);
  if (!wanted) return [];
  const { pane, section, row, call, asked } = wanted;
  const look: Look = { sign: world.sign, now: state.now };
  const { rows } = shown(pane, { rows: paneState(state, pane.id).rows, filter: '' });
  const subject = { row, width, data: undefined as unknown, rows, activities: activitiesOf(state, wanted) };
  if (!('lines' in section)) return [];
  if (!call) return section.lines(subject, look);
  const { answer } = state.detail;
  if (!answer || answer.asked !== asked || answer.status === 'loading') return [];
  if (answer.failure)
    return [[span(answer.failure.message, 'bad')], [span(answer.failure.meaning ?? '', 'quiet')]];
  const known = remembered.get(answer);
  if (known && known.width === width && known.row === row && known.section === section) return known.lines;
  const lines = section.lines({ ...subject, data: answer.data }, look);
  remembered.set(answer, { width, row, section, lines });
  return lines;
}

/** Activities that have the row among their targets. */
function activitiesOf(state: State, { pane, row }: Wanted): Activity[] {
  const rows = [...paneState(state, 'activity').rows.values()] as Activity[];
  const name = (pane.target ?? pane.name)(row);
  return rows.filter(({ targets }) => targets.includes(name)).toSorted((a, b) => b.startedAt - a.startedAt);
}
