import { type Cursor, type Frame, PLAIN, type Run, type Style, widthOf } from '../../cells.ts';
import type { Look } from '../look.ts';
import { mix, paletteColor, type Theme } from '../theme.ts';
import { blockShape } from './blocks.ts';
import { lineShape } from './lines.ts';
import { escaped, round } from './markup.ts';
import { rectPath, type Shape } from './shapes.ts';

type Point = { x: number; y: number };
/** A run with its colours settled and its place in the picture. */
type Painted = { run: Run; fg: string; bg: string | undefined; at: Point };

/** How far dim letters go over to their background. */
const DIM = 0.45;

/** The row of a frame as SVG, its first cell at the given place. */
export const rowContent = (frame: Frame, y: number, look: Look, at: Point): string => {
  const runs = withCursor(frame.lines[y] ?? [], frame.cursor, y, look.theme);
  const painted = runs.map((run): Painted => {
    const place = { x: at.x + run.x * look.cell.width, y: at.y };
    return { run, ...colorsOf(run.style, look.theme), at: place };
  });
  return [
    ...painted.flatMap((part) => background(part, look)),
    ...painted.flatMap((part) => [...shapes(part, look), ...words(part, look), ...rules(part, look)]),
  ].join('\n');
};

/** How thick a light line is in a picture. */
export const lightLine = ({ fontSize }: Look) => Math.max(1, Math.round(fontSize / 14));

const colorsOf = (style: Style, theme: Theme) => {
  const settled = (color: Style['fg']) => (typeof color === 'number' ? paletteColor(theme, color) : color);
  const own = { fg: settled(style.fg) ?? theme.foreground, bg: settled(style.bg) };
  const { fg, bg } = style.inverse ? { fg: own.bg ?? theme.background, bg: own.fg } : own;
  return { fg: style.dim ? mix(fg, bg ?? theme.background, DIM) : fg, bg };
};

const background = ({ run, bg, at }: Painted, { cell }: Look) =>
  bg === undefined
    ? []
    : [`<path d="${rectPath(at.x, at.y, widthOf(run) * cell.width, cell.height)}" fill="${bg}"/>`];

/** The characters of a run that are drawn, those of one paint as one path. */
const shapes = (painted: Painted, look: Look): string[] => {
  const { run, fg, at } = painted;
  const width = stepOf(run, look);
  const paths = new Map<string, string>();
  const add = (paint: string, data: string | undefined) =>
    data && paths.set(paint, (paths.get(paint) ?? '') + data);
  for (const [index, text] of run.cells.entries()) {
    const box = { x: at.x + index * width, y: at.y, width, height: look.cell.height };
    const shape = shapeOf(text, box, look);
    if (!shape) continue;
    add(shape.opacity ? `fill="${fg}" opacity="${shape.opacity}"` : `fill="${fg}"`, shape.fill);
    add(`fill="none" stroke="${fg}"`, shape.stroke);
  }
  return [...paths].map(([paint, data]) => `<path d="${data}" ${paint}/>`);
};

const shapeOf = (text: string, box: Parameters<typeof blockShape>[1], look: Look): Shape | undefined =>
  lineShape(text, box, lightLine(look)) ?? blockShape(text, box);

/** Each letter has its own place, so that no font's advance adds up to a shift and no ligature joins what is typed. */
const words = (painted: Painted, look: Look): string[] => {
  const { run, fg, at } = painted;
  const step = stepOf(run, look);
  const baseline = round(at.y + look.cell.height / 2 + look.fontSize * 0.35);
  const weight = run.style.bold ? ' font-weight="bold"' : '';
  const slant = run.style.italic ? ' font-style="italic"' : '';
  return wordsOf(run, look).map(({ index, cells }) => {
    const left = at.x + index * step;
    const places = run.wide
      ? `x="${left + step / 2}" text-anchor="middle"`
      : `x="${cells.map((_, letter) => left + letter * step).join(' ')}"`;
    return `<text ${places} y="${baseline}" fill="${fg}"${weight}${slant}>${escaped(cells.join(''))}</text>`;
  });
};

const wordsOf = (run: Run, look: Look) => {
  const found: { index: number; cells: string[] }[] = [];
  const nowhere = { x: 0, y: 0, width: 1, height: 1 };
  for (const [index, text] of run.cells.entries()) {
    if (text === ' ' || shapeOf(text, nowhere, look)) continue;
    const last = found.at(-1);
    const joins = last && !run.wide && last.index + last.cells.length === index;
    // Places are counted in characters, of which a cell may hold several.
    if (joins && text.length === 1 && last.cells.at(-1)?.length === 1) last.cells.push(text);
    else found.push({ index, cells: [text] });
  }
  return found;
};

const rules = ({ run, fg, at }: Painted, look: Look) => {
  const middle = look.cell.height / 2;
  const rule = (down: number) => {
    const data = rectPath(at.x, at.y + Math.round(down), widthOf(run) * look.cell.width, lightLine(look));
    return `<path d="${data}" fill="${fg}"/>`;
  };
  return [
    ...(run.style.underline ? [rule(middle + look.fontSize * 0.47)] : []),
    ...(run.style.strike ? [rule(middle)] : []),
  ];
};

const stepOf = (run: Run, { cell }: Look) => cell.width * (run.wide ? 2 : 1);

/** The runs of a row with the cell under the cursor in the cursor's colours. */
const withCursor = (runs: Run[], cursor: Cursor, y: number, theme: Theme): Run[] => {
  if (!cursor.visible || cursor.y !== y) return runs;
  const style = { ...PLAIN, fg: theme.background, bg: theme.cursor };
  const parts = runs.flatMap((run) => {
    const step = run.wide ? 2 : 1;
    const index = Math.floor((cursor.x - run.x) / step);
    const part = (from: number, to?: number) => ({
      ...run,
      x: run.x + from * step,
      cells: run.cells.slice(from, to),
    });
    if (index < 0 || index >= run.cells.length) return [run];
    return [part(0, index), { ...part(index, index + 1), style }, part(index + 1)];
  });
  const covered = parts.filter(({ cells }) => cells.length > 0);
  return covered.some((run) => run.style === style)
    ? covered
    : [...covered, { x: cursor.x, cells: [' '], wide: false, style }];
};
