import type { IBufferCell, IBufferLine, Terminal } from '@xterm/headless';

/** A palette index (0 to 255), `#rrggbb`, or `undefined` for the terminal's own colour. */
export type Color = number | string | undefined;

export type Style = {
  fg: Color;
  bg: Color;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
  strike: boolean;
};

export type Cell = Style & {
  /** The grapheme in the cell; empty in the second half of a wide one. */
  text: string;
  /** 2 for a wide character, 0 for its second half. */
  width: number;
};

/** Neighbouring cells of one style, a grapheme each. Wide characters stand in runs of their own. */
export type Run = { x: number; cells: string[]; wide: boolean; style: Style };

export type Cursor = { x: number; y: number; visible: boolean };

/** A picture of the screen: its rows as runs, blank tails left out. */
export type Frame = { cols: number; rows: number; lines: Run[][]; cursor: Cursor; title: string };

export const PLAIN: Style = {
  fg: undefined,
  bg: undefined,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
};

const STYLE_KEYS = Object.keys(PLAIN) as (keyof Style)[];

export const visibleLine = (terminal: Terminal, y: number): IBufferLine | undefined => {
  const buffer = terminal.buffer.active;
  return buffer.getLine(buffer.viewportY + y);
};

export const cellAt = (terminal: Terminal, x: number, y: number): Cell => {
  const cell = visibleLine(terminal, y)?.getCell(x);
  if (!cell)
    throw new Error(`No cell at column ${x}, row ${y}: the screen is ${terminal.cols}x${terminal.rows}.`);
  return toCell(cell);
};

export const runsOf = (line: IBufferLine | undefined, cols: number): Run[] => {
  const runs: Run[] = [];
  let scratch: IBufferCell | undefined;
  for (let x = 0; line && x < cols; x++) {
    scratch = line.getCell(x, scratch);
    if (!scratch || scratch.getWidth() === 0) continue;
    const { text, width, ...style } = toCell(scratch);
    const wide = width === 2;
    const last = runs.at(-1);
    if (last && last.wide === wide && sameStyle(last.style, style)) last.cells.push(text || ' ');
    else runs.push({ x, cells: [text || ' '], wide, style });
  }
  return withoutTail(runs);
};

/** Takes away the blanks at the end of a row that nobody can see. */
const withoutTail = (runs: Run[]): Run[] => {
  const last = runs.at(-1);
  if (!last || !isInvisible(last.style)) return runs;
  const end = last.cells.findLastIndex((cell) => cell !== ' ') + 1;
  return end === 0 ? runs.slice(0, -1) : [...runs.slice(0, -1), { ...last, cells: last.cells.slice(0, end) }];
};

/** How many columns a run takes. */
export const widthOf = ({ cells, wide }: Run) => cells.length * (wide ? 2 : 1);

export const sameStyle = (a: Style, b: Style) => STYLE_KEYS.every((key) => a[key] === b[key]);

const isInvisible = (style: Style) =>
  style.bg === undefined && !style.inverse && !style.underline && !style.strike;

const toCell = (cell: IBufferCell): Cell => ({
  text: cell.isInvisible() ? ' '.repeat(cell.getWidth()) : cell.getChars(),
  width: cell.getWidth(),
  fg: colorOf(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()),
  bg: colorOf(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor()),
  bold: cell.isBold() !== 0,
  dim: cell.isDim() !== 0,
  italic: cell.isItalic() !== 0,
  underline: cell.isUnderline() !== 0,
  inverse: cell.isInverse() !== 0,
  strike: cell.isStrikethrough() !== 0,
});

const colorOf = (rgb: boolean, palette: boolean, value: number): Color => {
  if (rgb) return `#${value.toString(16).padStart(6, '0')}`;
  return palette ? value : undefined;
};
