import type { Frame } from '../../cells.ts';
import type { Look } from '../look.ts';
import type { Shot } from '../record.ts';
import { gifenc } from './gifenc.ts';
import { paletteOf, TRANSPARENT } from './palette.ts';
import { type Pixels, rasterize } from './raster.ts';
import { stripsSvg, svgOf } from './svg.ts';

type Indexed = { width: number; height: number; indexes: Uint8Array };

/** Rows drawn at once: enough to load the fonts seldom, few enough for the memory. */
const BATCH = 100;
/** What players show faster than this they show slowly. */
const SHORTEST = 20;

/**
 * A recording as a GIF. Each different row is drawn once and the frames are put together from rows; a frame holds only
 * what changed.
 */
export const gifOf = (shots: Shot[], length: number, look: Look): Uint8Array => {
  const timed = withDelays(shots, length, look);
  const rows = drawRows(
    timed.map(({ frame }) => frame),
    look,
  );
  const blank = rasterize(svgOf(blankOf(timed.at(-1)?.frame, look), look), 1);
  const palette = paletteOf([blank.rgba, ...[...rows.values()].map(({ rgba }) => rgba)]);
  const indexed = ({ width, height, rgba }: Pixels): Indexed => ({
    width,
    height,
    indexes: palette.indexesOf(rgba),
  });
  const indexedRows = new Map([...rows].map(([key, row]) => [key, indexed(row)]));
  const window = indexed(blank);

  const gif = gifenc.GIFEncoder();
  let shown: Uint8Array | undefined;
  for (const { frame, delay } of timed) {
    const whole = compose(frame, window, indexedRows, look);
    gif.writeFrame(shown ? changes(shown, whole) : whole, window.width, window.height, {
      palette: shown ? undefined : palette.colors,
      delay,
      transparent: true,
      transparentIndex: TRANSPARENT,
      dispose: 1,
      repeat: 0,
    });
    shown = whole;
  }
  gif.finish();
  return gif.bytes();
};

const withDelays = (shots: Shot[], length: number, { playbackSpeed, loopOffset }: Look) => {
  const ends = [...shots.slice(1).map(({ at }) => at), Math.max(length, (shots.at(-1)?.at ?? 0) + SHORTEST)];
  const timed = shots
    .map(({ at, frame }, index) => ({ at, frame, delay: ((ends[index] ?? at) - at) / playbackSpeed }))
    .filter(({ delay }, index) => delay >= SHORTEST || index === shots.length - 1);
  const first = timed.findIndex(({ at }) => at >= (length * loopOffset) / 100);
  return first > 0 ? [...timed.slice(first), ...timed.slice(0, first)] : timed;
};

const drawRows = (frames: Frame[], look: Look): Map<string, Pixels> => {
  const wanted = new Map<string, { frame: Frame; y: number }>();
  for (const frame of frames)
    for (let y = 0; y < look.grid.rows; y++) wanted.set(keyOf(frame, y), { frame, y });
  const rows = new Map<string, Pixels>();
  const entries = [...wanted];
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH);
    const { width, rgba } = rasterize(
      stripsSvg(
        batch.map(([, row]) => row),
        look,
      ),
      1,
    );
    const size = width * look.cell.height * 4;
    for (const [index, [key]] of batch.entries()) {
      rows.set(key, {
        width,
        height: look.cell.height,
        rgba: rgba.subarray(index * size, (index + 1) * size),
      });
    }
  }
  return rows;
};

/** Rows with one key look alike. */
const keyOf = ({ lines, cursor }: Frame, y: number) =>
  JSON.stringify([lines[y] ?? [], cursor.visible && cursor.y === y ? cursor.x : null]);

const blankOf = (last: Frame | undefined, { grid }: Look): Frame => ({
  ...grid,
  lines: [],
  cursor: { x: 0, y: 0, visible: false },
  title: last?.title ?? '',
});

const compose = (frame: Frame, window: Indexed, rows: Map<string, Indexed>, { grid, origin, cell }: Look) => {
  const whole = window.indexes.slice();
  for (let y = 0; y < grid.rows; y++) {
    const row = rows.get(keyOf(frame, y));
    if (!row) continue;
    for (let line = 0; line < cell.height; line++) {
      const part = row.indexes.subarray(line * row.width, (line + 1) * row.width);
      whole.set(part, (origin.y + y * cell.height + line) * window.width + origin.x);
    }
  }
  return whole;
};

const changes = (before: Uint8Array, after: Uint8Array) =>
  after.map((index, pixel) => (index === before[pixel] ? TRANSPARENT : index));
