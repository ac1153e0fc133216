export type Box = { x: number; y: number; width: number; height: number };

/** A character drawn as shapes instead of a letter, so that it fills its cell to the edge in every font. */
export type Shape = {
  /** Path data to fill. */
  fill?: string;
  /** Path data to stroke with the width of a light line. */
  stroke?: string;
  opacity?: number;
};

export const rectPath = (x: number, y: number, width: number, height: number) =>
  `M${x} ${y}h${width}v${height}h${-width}z`;

/** Where a line of this thickness begins to lie in the middle, in whole pixels, so that it stays sharp. */
export const centered = (start: number, length: number, thickness: number) =>
  start + Math.floor((length - thickness) / 2);
