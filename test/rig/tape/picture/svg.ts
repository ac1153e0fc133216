import type { Frame } from '../../cells.ts';
import type { Look } from '../look.ts';
import { escaped } from './markup.ts';
import { lightLine, rowContent } from './row.ts';
import { windowContent } from './window.ts';

type Size = { width: number; height: number };

/** The picture of a frame in its window, as one SVG that needs nothing but a monospace font. */
export const svgOf = (frame: Frame, look: Look): string => {
  const { cell, origin } = look;
  const rows = frame.lines.map((_, y) =>
    rowContent(frame, y, look, { x: origin.x, y: origin.y + y * cell.height }),
  );
  return document(look.size, look, [windowContent(frame.title, look), ...rows]);
};

/** Rows of frames under each other on the bare background, for pictures that move. */
export const stripsSvg = (rows: { frame: Frame; y: number }[], look: Look): string => {
  const { cell, grid, theme } = look;
  const size = { width: grid.cols * cell.width, height: rows.length * cell.height };
  const background = `<rect width="${size.width}" height="${size.height}" fill="${theme.background}"/>`;
  const strips = rows.map(({ frame, y }, index) =>
    rowContent(frame, y, look, { x: 0, y: index * cell.height }),
  );
  return document(size, look, [background, ...strips]);
};

const document = ({ width, height }: Size, look: Look, content: string[]) => {
  const font = `font-family="${escaped(look.fontFamily)}" font-size="${look.fontSize}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<g ${font} stroke-width="${lightLine(look)}" stroke-linecap="square">`,
    ...content.filter(Boolean),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
};
