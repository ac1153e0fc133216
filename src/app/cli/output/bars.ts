import { bytes } from '#engines/core/bytes.ts';
import { cells, clip, sized } from '#panes/kit/cells.ts';
import { plain } from '#panes/kit/plain.ts';
import { type Live, openLive, type Size } from './live.ts';
import type { Progress, Running } from './running.ts';

/** In cells. */
const BAR = 24;
const LONGEST_NAME = 32;

/** A line in place for each target that runs; one for all where they are too many for the terminal. */
export function openBars(running: Running): Live {
  return openLive((size) => barLines(running, size));
}

function barLines(running: Running, { columns, rows }: Size): string[] {
  const shown = running.targets.size < rows ? [...running.targets.values()] : [all(running)];
  const width = Math.min(LONGEST_NAME, Math.max(0, ...shown.map(({ target = '' }) => cells(plain(target)))));
  return shown.map((one) => clip(barLine(one, width), columns - 1, '…'));
}

function all({ targets, steps, ended }: Running): Progress {
  return { kind: 'progress', label: `${targets.size} running`, done: ended, total: steps };
}

function barLine({ target = '', label, done, total, unit }: Progress, width: number): string {
  const name = width === 0 ? '' : `${sized(plain(target), width, '…')}  `;
  if (done === undefined) return `${name}${plain(label)}`;
  if (!total) return `${name}${unit === 'bytes' ? bytes(done) : done} ${plain(label)}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(BAR * share);
  const bar = '━'.repeat(filled) + '─'.repeat(BAR - filled);
  return `${name}${bar} ${`${Math.floor(100 * share)}`.padStart(3)} %  ${plain(label)}`;
}
