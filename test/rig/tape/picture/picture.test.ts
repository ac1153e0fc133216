import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Frame, PLAIN, type Run, type Style } from '../../cells.ts';
import { lookOf } from '../look.ts';
import type { Shot } from '../record.ts';
import { DEFAULTS, type Settings } from '../settings.ts';
import { blockShape } from './blocks.ts';
import { gifOf } from './gif.ts';
import { lineShape } from './lines.ts';
import { installedFonts, pngOf, rasterize } from './raster.ts';
import { svgOf } from './svg.ts';

const run = (x: number, text: string, style: Partial<Style> = {}): Run => ({
  x,
  cells: [...text],
  wide: false,
  style: { ...PLAIN, ...style },
});

const frameOf = (...lines: Run[][]): Frame => ({
  cols: 8,
  rows: lines.length,
  lines,
  cursor: { x: 0, y: 0, visible: false },
  title: '',
});

const BARE: Settings = { ...DEFAULTS, windowBar: 'None', padding: 0, borderRadius: 0 };
const { background, foreground } = DEFAULTS.theme;

const pixelsOf = (frame: Frame, settings = BARE) => {
  const look = lookOf(settings, frame);
  const { width, height, rgba } = rasterize(svgOf(frame, look), 1);
  const color = (x: number, y: number) =>
    `#${[...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  const alpha = (x: number, y: number) => rgba[(y * width + x) * 4 + 3];
  return { width, height, color, alpha };
};

/** The pixels of a rectangle that are not of the colour. */
const strangers = (
  color: (x: number, y: number) => string,
  expected: string,
  [x0, y0, x1, y1]: [number, number, number, number],
) => {
  const found: string[] = [];
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) if (color(x, y) !== expected) found.push(`${x},${y} ${color(x, y)}`);
  return found;
};

const boxes = fc.record({ width: fc.integer({ min: 5, max: 30 }), height: fc.integer({ min: 8, max: 60 }) });

describe('a line character', () => {
  const CHARACTERS = Array.from({ length: 0x80 }, (_, index) => String.fromCodePoint(0x2500 + index));

  test('is drawn, whichever it is', () => {
    const undrawn = CHARACTERS.filter(
      (character) => !lineShape(character, { x: 0, y: 0, width: 12, height: 26 }, 1),
    );
    expect(undrawn).toEqual([]);
  });

  test('reaches the edges of its cell where its arms point, whatever the size', () => {
    fc.assert(
      fc.property(boxes, ({ width, height }) => {
        const light = Math.max(1, Math.floor(Math.min(width, height) / 8));
        const box = { x: 0, y: 0, width, height };
        const reach = (character: string, horizontal: boolean) =>
          extent(lineShape(character, box, light)?.fill, horizontal);
        for (const character of '─━═┼╋╬') expect(reach(character, true)).toEqual([0, width]);
        for (const character of '│┃║┼╋╬') expect(reach(character, false)).toEqual([0, height]);
      }),
    );
  });

  test('meets its neighbour without a gap, in rows and in columns', () => {
    const { color } = pixelsOf(
      frameOf([run(0, '┌──┐')], [run(0, '│  │')], [run(0, '│  │')], [run(0, '└──┘')]),
    );
    expect(strangers(color, foreground, [5, 13, 6, 4 * 26 - 14])).toEqual([]);
    expect(strangers(color, foreground, [6, 12, 3 * 12 + 5, 13])).toEqual([]);
  });
});

describe('a block character', () => {
  test('fills its cell, and the next one with it', () => {
    const { color } = pixelsOf(frameOf([run(1, '██')], [run(1, '██')]));
    expect(strangers(color, foreground, [12, 0, 36, 52])).toEqual([]);
    expect(color(11, 10)).toBe(background);
    expect(color(36, 10)).toBe(background);
  });

  test('of two halves fills it too', () => {
    fc.assert(
      fc.property(boxes, ({ width, height }) => {
        const box = { x: 0, y: 0, width, height };
        const [upper, lower] = ['▀', '▄'].map((half) => extent(blockShape(half, box)?.fill, false));
        expect([upper?.[0], upper?.[1], lower?.[1]]).toEqual([0, lower?.[0], height]);
      }),
    );
  });
});

describe('a picture', () => {
  test('has the colours of the cells: own, palette, inverse and dim', () => {
    const cells = [
      run(0, ' ', { bg: '#123456' }),
      run(1, ' ', { bg: 1 }),
      run(2, ' ', { inverse: true }),
      run(3, ' ', { bg: 196 }),
    ];
    const { color } = pixelsOf(frameOf([...cells, run(4, '█', { dim: true })]));
    expect([5, 17, 29, 41].map((x) => color(x, 5))).toEqual([
      '#123456',
      DEFAULTS.theme.colors[1],
      foreground,
      '#ff0000',
    ]);
    expect([foreground, background]).not.toContain(color(53, 5));
  });

  test('shows the cursor as a block over its cell', () => {
    const cursor = { x: 2, y: 0, visible: true };
    const { color } = pixelsOf({ ...frameOf([run(0, '███')]), cursor });
    expect([color(20, 5), color(29, 5)]).toEqual([foreground, background]);
    const beyond = pixelsOf({ ...frameOf([run(0, '█')]), cursor });
    expect(beyond.color(29, 5)).toBe(DEFAULTS.theme.cursor);
  });

  test('has round corners on nothing, and a bar with three lights', () => {
    const { alpha, color, width } = pixelsOf(frameOf([], []), DEFAULTS);
    expect([alpha(0, 0), alpha(width - 1, 0), alpha(width / 2, 10)]).toEqual([0, 0, 255]);
    expect([22, 42, 62].map((x) => color(x, 22))).toEqual(['#ff5f57', '#febc2e', '#28c840']);
  });

  test('is as large as the tape says', () => {
    const { width, height } = pixelsOf(frameOf([]), { ...DEFAULTS, width: 640, height: 200 });
    expect([width, height]).toEqual([640, 200]);
  });

  test('escapes what would be markup', () => {
    const svg = svgOf(frameOf([run(0, '<a>&"\u0007')]), lookOf(BARE, { cols: 8, rows: 1 }));
    expect(svg).toContain('>&lt;a>&amp;&quot;</text>');
  });

  test.skipIf(!installedFonts().family)('as PNG has its letters, twice as sharp', () => {
    const look = lookOf(BARE, { cols: 8, rows: 1 });
    const png = Buffer.from(pngOf(svgOf(frameOf([run(0, 'gantry')]), look), 2));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([8 * 12 * 2, 26 * 2]);
    const { color } = pixelsOf(frameOf([run(0, 'gantry')]));
    expect(strangers(color, background, [0, 0, 72, 26]).length).toBeGreaterThan(100);
  });
});

describe('a GIF', () => {
  const shots: Shot[] = [
    { at: 0, frame: frameOf([run(0, '█')], []) },
    { at: 500, frame: frameOf([run(0, '██')], []) },
    { at: 505, frame: frameOf([run(0, '███')], []) },
    { at: 1000, frame: frameOf([run(0, '███')], [run(0, '█')]) },
  ];

  test('has a frame for each shot that can be seen, with its time', () => {
    const gif = Buffer.from(gifOf(shots, 3000, lookOf(BARE, { cols: 8, rows: 2 })));
    expect(gif.subarray(0, 6).toString()).toBe('GIF89a');
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([96, 52]);
    expect(delaysOf(gif)).toEqual([50, 50, 200]);
  });

  test('plays faster, and begins later, when the tape says so', () => {
    const look = lookOf({ ...BARE, playbackSpeed: 2, loopOffset: 30 }, { cols: 8, rows: 2 });
    expect(delaysOf(Buffer.from(gifOf(shots, 3000, look)))).toEqual([100, 25, 25]);
  });
});

/** The delays of a GIF's frames in hundredths of a second, read from their control blocks. */
const delaysOf = (gif: Buffer) => {
  const delays: number[] = [];
  const mark = Buffer.from([0x21, 0xf9, 4]);
  for (let at = gif.indexOf(mark); at !== -1; at = gif.indexOf(mark, at + 1))
    delays.push(gif.readUInt16LE(at + 4));
  return delays;
};

/** From where to where the rectangles of a path reach. */
const extent = (path: string | undefined, horizontal: boolean) => {
  const rects = [...(path ?? '').matchAll(/M(\S+) (\S+?)h(\S+?)v(\S+?)h/g)].map(([, x, y, width, height]) =>
    horizontal ? [Number(x), Number(width)] : [Number(y), Number(height)],
  );
  const starts = rects.map(([start = 0]) => start);
  const ends = rects.map(([start = 0, length = 0]) => start + length);
  return [Math.min(...starts), Math.max(...ends)];
};
