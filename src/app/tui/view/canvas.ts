import { fitLine, type Line, overlay, span } from '#panes/kit/line.ts';
import type { Rect } from '../layout/rect.ts';

/** The screen as lines; what is put later lies over what was put before. */
export interface Canvas {
  lines: readonly Line[];
  put(rect: Rect, lines: readonly Line[]): void;
}

export function createCanvas(cols: number, rows: number, more: string): Canvas {
  const blank: Line = [span(' '.repeat(cols))];
  const lines: Line[] = Array.from({ length: rows }, () => blank);
  return {
    lines,
    put: ({ x, y, width, height }, put) => {
      for (let row = 0; row < height; row++) {
        const under = lines[y + row];
        if (!under) return;
        const over = fitLine(put[row] ?? [], width, more);
        lines[y + row] = x === 0 && width === cols ? over : overlay(under, x, over);
      }
    },
  };
}
