import { type Box, rectPath, type Shape } from './shapes.ts';

/** Which quarters a quadrant character fills: top left, top right, bottom left, bottom right. */
const QUADRANTS = new Map(
  Object.entries({ '▖': '0010', '▗': '0001', '▘': '1000', '▙': '1011', '▚': '1001' }).concat(
    Object.entries({ '▛': '1110', '▜': '1101', '▝': '0100', '▞': '0110', '▟': '0111' }),
  ),
);

const SHADES: Record<string, number> = { '░': 0.25, '▒': 0.5, '▓': 0.75 };

/** The dots of a braille character in the order of their bits, as column and row. */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** The shape of a block or braille character; nothing for any other. */
export const blockShape = (character: string, box: Box): Shape | undefined => {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2800 && code <= 0x28ff) return { fill: braille(code - 0x2800, box) };
  const opacity = SHADES[character];
  if (opacity) return { fill: part(box, 0, 0, 1, 1), opacity };
  const quadrants = QUADRANTS.get(character);
  if (quadrants) return { fill: quarters(quadrants, box) };
  const bar = barOf(code);
  return bar && { fill: part(box, ...bar) };
};

/** The part of the cell that a bar fills: left, top, width and height as shares. */
const barOf = (code: number): [number, number, number, number] | undefined => {
  if (code === 0x2580) return [0, 0, 1, 0.5];
  if (code >= 0x2581 && code <= 0x2588) return [0, 1 - (code - 0x2580) / 8, 1, (code - 0x2580) / 8];
  if (code >= 0x2589 && code <= 0x258f) return [0, 0, (0x2590 - code) / 8, 1];
  if (code === 0x2590) return [0.5, 0, 0.5, 1];
  if (code === 0x2594) return [0, 0, 1, 1 / 8];
  return code === 0x2595 ? [7 / 8, 0, 1 / 8, 1] : undefined;
};

const quarters = (filled: string, box: Box) =>
  [...filled]
    .map((quarter, index) =>
      quarter === '1' ? part(box, (index % 2) / 2, Math.floor(index / 2) / 2, 0.5, 0.5) : '',
    )
    .join('');

const part = ({ x, y, width, height }: Box, left: number, top: number, wide: number, high: number) => {
  const from = { x: Math.round(left * width), y: Math.round(top * height) };
  const to = { x: Math.round((left + wide) * width), y: Math.round((top + high) * height) };
  return rectPath(x + from.x, y + from.y, to.x - from.x, to.y - from.y);
};

const braille = (bits: number, { x, y, width, height }: Box) => {
  const size = Math.max(1, Math.round(width / 5));
  return DOTS.map(([column, row], bit) => {
    if (!(bits & (1 << bit))) return '';
    const left = x + Math.round(((column + 0.5) * width) / 2 - size / 2);
    return rectPath(left, y + Math.round(((row + 0.5) * height) / 4 - size / 2), size, size);
  }).join('');
};
