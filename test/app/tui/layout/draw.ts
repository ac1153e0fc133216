import type { Layout } from '#app/tui/layout/layout.ts';
import type { Rect } from '#app/tui/layout/rect.ts';

interface Named {
  name: string;
  rect: Rect;
}

/** A layout drawn small: each box with its name and its real size, one-line strips by their names. */
export function drawn(layout: Layout | undefined, scale: { x: number; y: number }): string {
  if (!layout) return 'too small';
  const boxes = boxesOf(layout);
  const strips = stripsOf(layout);
  const width = Math.max(...boxes.map(({ rect }) => Math.round((rect.x + rect.width) / scale.x)));
  const top = Math.min(...boxes.map(({ rect }) => rect.y));
  const bottom = Math.max(...boxes.map(({ rect }) => rect.y + rect.height));
  const canvas = Array.from({ length: Math.round((bottom - top) / scale.y) }, () =>
    Array<string>(width).fill(' '),
  );
  for (const { name, rect } of boxes) {
    const left = Math.round(rect.x / scale.x);
    const right = Math.round((rect.x + rect.width) / scale.x) - 1;
    const from = Math.round((rect.y - top) / scale.y);
    const to = Math.round((rect.y + rect.height - top) / scale.y) - 1;
    box(canvas, { left, right, from, to });
    const label = `${name} ${rect.width}x${rect.height}`;
    for (const [index, letter] of [...label].entries())
      put(canvas, left + 2 + index, Math.min(from + 1, to), letter);
  }
  const above = strips.filter(({ rect }) => rect.y < top).map(({ name }) => name);
  const below = strips.filter(({ rect }) => rect.y >= bottom).map(({ name }) => name);
  return [...above, ...canvas.map((line) => line.join('').trimEnd()), ...below].join('\n');
}

/** Every cell of the screen belongs to one thing. */
export function coveredOnce(layout: Layout, cols: number, rows: number): boolean {
  const counts = Array.from({ length: rows }, () => Array<number>(cols).fill(0));
  for (const { rect } of [...boxesOf(layout), ...stripsOf(layout)]) {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const line = counts[y];
        if (!line || line[x] === undefined) return false;
        line[x] = (line[x] ?? 0) + 1;
      }
    }
  }
  return counts.every((line) => line.every((count) => count === 1));
}

function boxesOf({ panes, detail, log }: Layout): Named[] {
  return [
    ...panes.map(({ id, rect, folded }) => ({ name: folded ? `(${id})` : id, rect })),
    ...(detail ? [{ name: 'detail', rect: detail }] : []),
    ...(log ? [{ name: 'log', rect: log }] : []),
  ];
}

function stripsOf({ header, status, footer, tabs }: Layout): Named[] {
  return [
    { name: tabs ? 'header with tabs' : 'header', rect: header },
    ...(status ? [{ name: 'status', rect: status }] : []),
    { name: 'footer', rect: footer },
  ];
}

interface Edges {
  left: number;
  right: number;
  from: number;
  to: number;
}

function box(canvas: string[][], { left, right, from, to }: Edges): void {
  for (let x = left; x <= right; x++) {
    put(canvas, x, from, '-');
    put(canvas, x, to, '-');
  }
  for (let y = from; y <= to; y++) {
    put(canvas, left, y, y === from || y === to ? '+' : '|');
    put(canvas, right, y, y === from || y === to ? '+' : '|');
  }
}

function put(canvas: string[][], x: number, y: number, character: string): void {
  const line = canvas[y];
  if (line && x < line.length) line[x] = character;
}
