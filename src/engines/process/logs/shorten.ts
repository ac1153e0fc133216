import { rmSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { lineStartBefore } from './bytes.ts';
import { logError } from './errors.ts';
import type { IndexWriter } from './index-file.ts';
import { filesOf, type LogFile } from './open.ts';
import { punch, whyNot } from './punch.ts';
import type { Retention } from './types.ts';

interface Shortening {
  dir: string;
  index: IndexWriter;
  env: Context['env'];
}

export interface Shortener {
  /** What hinders it, where something does. */
  shorten(retention: Retention): Promise<GantryError | undefined>;
}

/**
 * Gives back what a log has beyond its size: older files whole, then the beginning of the oldest in whole parts up to
 * the beginning of a line. How far is written down first, so that who reads there knows that the zeros are no lines;
 * what a death at any instant leaves undone the next time does.
 */
export function openShortener({ dir, index, env }: Shortening): Shortener {
  /** Why space can't be given back here; null where it can; undefined before it was tried. */
  let hindrance: string | null | undefined;

  async function shorten(retention: Retention): Promise<GantryError | undefined> {
    const [oldest] = removeOldest(filesOf(dir), retention);
    // Somebody emptied it, which is not in the books yet.
    if (!oldest || oldest.end < index.header.given) return undefined;
    if (hindrance === undefined) await tryOut(oldest, retention);
    if (hindrance)
      return logError('log-not-shortened', `The log in ${dir} can't be shortened: ${hindrance}.`);
    const cut = await cutOf(oldest, retention);
    index.give(cut);
    const reason = await punch(oldest, { length: cut - oldest.base }, env);
    return reason === undefined
      ? undefined
      : logError('log-not-shortened-yet', `The log in ${dir} was not shortened: ${reason}.`);
  }

  /** The files that stay. */
  function removeOldest(files: LogFile[], { size, count }: Retention): LogFile[] {
    const [oldest, next, ...newer] = files;
    if (!oldest || !next || heldIn([next, ...newer], index.header.given) < size * count) return files;
    index.give(next.base);
    rmSync(oldest.file, { force: true });
    return removeOldest([next, ...newer], { size, count });
  }

  async function tryOut(log: LogFile, { size }: Retention): Promise<void> {
    hindrance = (await whyNot(log, env)) ?? null;
    const turn = hindrance === null ? 0 : size;
    if (turn !== index.header.turn) index.change({ turn });
  }

  /** The position up to which a file can go. A line that is longer than all that can go is cut. */
  async function cutOf(log: LogFile, { size, count }: Retention): Promise<number> {
    const begin = Math.max(index.header.given, log.base);
    const parts = Math.floor((heldIn(filesOf(dir), begin) - size * count) / size);
    if (parts < 1) return begin;
    const end = begin + parts * size;
    const line = await lineStartBefore(log, { begin, end });
    return line > begin ? line : end;
  }

  return { shorten };
}

/** Whether a part of a log can go. */
export function isTooLong(files: readonly LogFile[], given: number, { size, count }: Retention): boolean {
  const others = heldIn(files.slice(1), given);
  return heldIn(files, given) >= size * (count + 1) || (files.length > 1 && others >= size * count);
}

/** Whether a part has gone in the books and not from the disk. */
export function isUnfinished([oldest]: readonly LogFile[], given: number, { size }: Retention): boolean {
  if (!oldest || given <= oldest.base) return false;
  return oldest.allocated >= heldIn([oldest], given) + size;
}

function heldIn(files: readonly LogFile[], given: number): number {
  return files.reduce((sum, { base, end }) => sum + Math.max(0, end - Math.max(base, given)), 0);
}
