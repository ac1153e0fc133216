import {
  COLUMN,
  COMFORTABLE,
  MOST_ROWS,
  SHARED,
  SIDE_BY_SIDE,
  SMALLEST,
  STACKED,
  STATUS_LINE,
  UNFOLDED,
} from './breakpoints.ts';
import { columnsOf, type Rect, rowsOf } from './rect.ts';

export interface Slot {
  id: string;
  /** Share of its column's height. */
  weight: number;
  /** Where not all panes have room, it is folded before any other. */
  yields?: true;
}

export interface LayoutInput {
  cols: number;
  rows: number;
  /** The open panes in their order. */
  panes: readonly Slot[];
  /** Id of the focused pane. */
  focus: string;
  /** The focused pane alone, with its detail. */
  zoomed: boolean;
  /** The detail has the keys. */
  inDetail: boolean;
  /** Then nothing is beside it. */
  full?: boolean;
  /** The command log is shown. */
  log: boolean;
}

export interface PanePlace {
  id: string;
  rect: Rect;
  /** Only its title shows. */
  folded: boolean;
}

export interface Layout {
  /** The header names the panes, because not all of them are to be seen. */
  tabs: boolean;
  header: Rect;
  panes: PanePlace[];
  detail?: Rect;
  log?: Rect;
  status?: Rect;
  footer: Rect;
}

/** Where everything stands; nothing where the terminal is too small for anything. */
export function layOut(input: LayoutInput): Layout | undefined {
  const { cols, rows, zoomed } = input;
  if (cols < SMALLEST.cols || rows < SMALLEST.rows) return undefined;
  const below = rows >= STATUS_LINE ? 2 : 1;
  const screen = { x: 0, y: 0, width: cols, height: rows };
  const [header, body, status, footer] = rowsOf(screen, [1, rows - 1 - below, below - 1, 1]) as [
    Rect,
    Rect,
    Rect,
    Rect,
  ];
  const { main, log } = withLog(body, input.log);
  return {
    header,
    ...(main ? (zoomed ? withDetail(main, input) : atHome(main, input)) : { panes: [], tabs: false }),
    log,
    status: status.height > 0 ? status : undefined,
    footer,
  };
}

type Main = Pick<Layout, 'panes' | 'detail' | 'tabs'>;

function withLog(body: Rect, shown: boolean): { main?: Rect; log?: Rect } {
  if (!shown) return { main: body };
  if (body.height < SHARED) return { log: body };
  const height = Math.max(STACKED, Math.floor(body.height / 4));
  const [main, log] = rowsOf(body, [body.height - height, height]);
  return { main, log };
}

function withDetail(main: Rect, { cols, focus, inDetail, full }: LayoutInput): Main {
  if (inDetail && full) return { panes: [], detail: main, tabs: false };
  const alone = (rect: Rect) => [{ id: focus, rect, folded: false }];
  if (cols >= SIDE_BY_SIDE) {
    const [list, detail] = columnsOf(main, [Math.floor(cols * 0.4), 0]) as [Rect, Rect];
    return { panes: alone(list), detail, tabs: false };
  }
  if (main.height >= SHARED) {
    const [list, detail] = rowsOf(main, [Math.floor(main.height * 0.4), 0]) as [Rect, Rect];
    return { panes: alone(list), detail, tabs: false };
  }
  return inDetail ? { panes: [], detail: main, tabs: false } : { panes: alone(main), tabs: false };
}

function atHome(main: Rect, { panes, focus }: LayoutInput): Main {
  const grid = gridOf(main, panes) ?? gridAbove(main, panes, focus);
  if (grid) return { panes: grid, tabs: false };
  if (panes.length - 1 + UNFOLDED <= main.height) return { panes: folded(main, panes, focus), tabs: false };
  return { panes: [{ id: focus, rect: main, folded: false }], tabs: true };
}

/** Those that yield make no column of their own: they stand at the foot of the last one. */
function gridOf(main: Rect, panes: readonly Slot[]): PanePlace[] | undefined {
  const own = panes.filter(({ yields }) => !yields);
  const others = panes.filter(({ yields }) => yields);
  const grid = gridFor(main, own.length);
  if (!grid) return own.length === 0 ? stacked(main, others) : undefined;
  const widths = Array.from({ length: grid.columns }, () => Math.floor(main.width / grid.columns));
  const columns = widths.map((_, index) => own.slice(index * grid.perColumn, (index + 1) * grid.perColumn));
  columns.at(-1)?.push(...others);
  if (columns.some(({ length }) => length * STACKED > main.height)) return undefined;
  return columnsOf(main, widths).flatMap((column, index) => stacked(column, columns[index] ?? []));
}

/** A grid of all but those that yield, which are folded below it. */
function gridAbove(main: Rect, panes: readonly Slot[], focus: string): PanePlace[] | undefined {
  const yielding = panes.filter(({ id, yields }) => yields && id !== focus);
  if (yielding.length === 0) return undefined;
  const [above, ...lines] = rowsOf(main, [main.height - yielding.length, ...yielding.map(() => 1)]) as [Rect];
  const grid = gridOf(
    above,
    panes.filter((pane) => !yielding.includes(pane)),
  );
  return (
    grid && [...grid, ...lines.map((rect, index) => ({ id: yielding[index]?.id ?? '', rect, folded: true }))]
  );
}

/** As few columns as give every pane a comfortable height, as many as are wide enough; nothing where it is too tight. */
function gridFor({ width, height }: Rect, count: number): { columns: number; perColumn: number } | undefined {
  const comfortable = Math.min(MOST_ROWS, Math.max(1, Math.floor(height / COMFORTABLE)));
  const most = Math.max(1, Math.floor(width / COLUMN));
  const columns = Math.min(most, Math.ceil(count / comfortable));
  const perColumn = Math.ceil(count / columns);
  return perColumn * STACKED <= height ? { columns: Math.ceil(count / perColumn), perColumn } : undefined;
}

function stacked(column: Rect, slots: readonly Slot[]): PanePlace[] {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0);
  const spare = column.height - slots.length * STACKED;
  const heights = slots.map(({ weight }) => STACKED + Math.floor((spare * weight) / total));
  const rest = column.height - heights.reduce((sum, height) => sum + height, 0);
  if (heights[0] !== undefined) heights[0] += rest;
  return rowsOf(column, heights).map((rect, index) => ({ id: slots[index]?.id ?? '', rect, folded: false }));
}

function folded(main: Rect, panes: readonly Slot[], focus: string): PanePlace[] {
  const heights = panes.map(({ id }) => (id === focus ? main.height - panes.length + 1 : 1));
  return rowsOf(main, heights).map((rect, index) => {
    const id = panes[index]?.id ?? '';
    return { id, rect, folded: id !== focus };
  });
}

/** Cells inside the frame of the widest dialog; a narrow screen has none to spare around it. */
export function dialogWidth(cols: number): number {
  return (cols >= COLUMN ? cols - 6 : cols) - 6;
}
