import type { Settings } from './settings.ts';

/** The measures of a picture, in pixels. */
export type Look = Settings & {
  grid: { cols: number; rows: number };
  cell: { width: number; height: number };
  size: { width: number; height: number };
  /** Where the first cell is. */
  origin: { x: number; y: number };
};

/** The width of a character of the fonts that the stack names, in ems, and the room that a line takes. */
const ADVANCE = 0.6;
const LEADING = 1.3;
const GRID = { cols: 100, rows: 30 };

export const gridOf = (settings: Settings): Look['grid'] => {
  const cell = cellOf(settings);
  const frame = frameOf(settings);
  const fill = (length: number | undefined, taken: number, each: number, otherwise: number) =>
    length === undefined ? otherwise : Math.max(1, Math.floor((length - taken) / each));
  return {
    cols: settings.columns ?? fill(settings.width, frame.x * 2, cell.width, GRID.cols),
    rows: settings.rows ?? fill(settings.height, frame.y * 2 + barOf(settings), cell.height, GRID.rows),
  };
};

export const lookOf = (settings: Settings, grid: Look['grid']): Look => {
  const cell = cellOf(settings);
  const frame = frameOf(settings);
  const bar = barOf(settings);
  // Under a window bar there is air enough above the first row.
  const air = bar > 0 ? settings.padding / 2 : 0;
  return {
    ...settings,
    grid,
    cell,
    origin: { x: frame.x, y: frame.y + bar - air },
    size: {
      width: settings.width ?? grid.cols * cell.width + frame.x * 2,
      height: settings.height ?? grid.rows * cell.height + frame.y * 2 + bar - air,
    },
  };
};

export const barOf = ({ windowBar, windowBarSize }: Settings) => (windowBar === 'None' ? 0 : windowBarSize);

/** Cells are whole pixels, so that lines drawn across them meet and stay sharp. */
const cellOf = ({ fontSize, letterSpacing, lineHeight }: Settings) => ({
  width: Math.max(1, Math.round(fontSize * ADVANCE + letterSpacing)),
  height: Math.max(1, Math.round(fontSize * LEADING * lineHeight)),
});

const frameOf = ({ padding, margin }: Settings) => ({ x: padding + margin, y: padding + margin });
