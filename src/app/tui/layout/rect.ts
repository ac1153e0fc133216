/** Cells from the top left of the screen. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Splits into rows of these heights, top down; what is left over goes to the last. */
export function rowsOf({ x, y, width, height }: Rect, heights: readonly number[]): Rect[] {
  let top = y;
  return heights.map((wanted, index) => {
    const size = index === heights.length - 1 ? y + height - top : wanted;
    const row = { x, y: top, width, height: size };
    top += size;
    return row;
  });
}

/** Splits into columns of these widths, left to right; what is left over goes to the last. */
export function columnsOf({ x, y, width, height }: Rect, widths: readonly number[]): Rect[] {
  let left = x;
  return widths.map((wanted, index) => {
    const size = index === widths.length - 1 ? x + width - left : wanted;
    const column = { x: left, y, width: size, height };
    left += size;
    return column;
  });
}

/** A box of at most that size in the middle. */
export function centred(around: Rect, width: number, height: number): Rect {
  const size = { width: Math.min(width, around.width), height: Math.min(height, around.height) };
  return {
    ...size,
    x: around.x + Math.floor((around.width - size.width) / 2),
    y: around.y + Math.floor((around.height - size.height) / 2),
  };
}

/** What is inside a frame one cell wide. */
export function inside({ x, y, width, height }: Rect): Rect {
  return { x: x + 1, y: y + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2) };
}
