import { gifenc, type Rgb } from './gifenc.ts';

/** The index that no colour has: pixels that stay as they are. */
export const TRANSPARENT = 0;

export type Palette = {
  colors: Rgb[];
  /** The palette's indexes of pixels; what is more than half transparent is `TRANSPARENT`. */
  indexesOf(rgba: Uint8Array): Uint8Array;
};

const EXACT = 160;
const MOST = 255;

/** One palette for pictures that share their colours: the commonest exactly, the others by their nearest neighbour. */
export const paletteOf = (pictures: Uint8Array[]): Palette => {
  const byCount = [...countColors(pictures)].sort((a, b) => b[1] - a[1]).map(([color]) => color);
  const exact = byCount.slice(0, byCount.length > MOST ? EXACT : MOST).map(rgbOf);
  const others = byCount.slice(exact.length);
  const colors: Rgb[] = [[0, 0, 0], ...exact, ...quantized(others, MOST - exact.length)];

  const known = new Map(exact.map((rgb, index) => [numberOf(rgb), index + 1]));
  const indexOf = (color: number) => {
    const found = known.get(color);
    if (found !== undefined) return found;
    const nearest = nearestTo(rgbOf(color), colors);
    known.set(color, nearest);
    return nearest;
  };
  return {
    colors,
    indexesOf: (rgba) => {
      const indexes = new Uint8Array(rgba.length / 4);
      eachColor(rgba, (color, pixel) => {
        indexes[pixel] = indexOf(color);
      });
      return indexes;
    },
  };
};

const countColors = (pictures: Uint8Array[]) => {
  const counts = new Map<number, number>();
  for (const picture of pictures) {
    eachColor(picture, (color) => counts.set(color, (counts.get(color) ?? 0) + 1));
  }
  return counts;
};

/** Visits the pixels that are to be seen. */
const eachColor = (rgba: Uint8Array, visit: (color: number, pixel: number) => void) => {
  for (let at = 0; at < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) >= 128)
      visit(numberOf([rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0]), at / 4);
  }
};

const quantized = (colors: number[], most: number): Rgb[] => {
  if (colors.length === 0) return [];
  return gifenc.quantize(Uint8Array.from(colors.flatMap((color) => [...rgbOf(color), 255])), most);
};

const nearestTo = ([red, green, blue]: Rgb, colors: Rgb[]) => {
  let nearest = TRANSPARENT;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < colors.length; index++) {
    const [r, g, b] = colors[index] as Rgb;
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
};

const numberOf = ([red, green, blue]: Rgb) => (red << 16) | (green << 8) | blue;

const rgbOf = (color: number): Rgb => [(color >> 16) & 255, (color >> 8) & 255, color & 255];
