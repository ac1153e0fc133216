import type { Failure, GantryError } from '#engines/core/errors.ts';
import type { Slots } from '#engines/core/slots.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { isRegrown } from './bytes.ts';
import { logError } from './errors.ts';
import { type Growth, watchGrowth } from './growth.ts';
import { readHeader } from './header.ts';
import { type IndexWriter, openIndex } from './index-file.ts';
import { filesOf, type LogFile } from './open.ts';
import { isTooLong, isUnfinished, openShortener, type Shortener } from './shorten.ts';
import { type Stretch, stretch } from './stretch.ts';
import type { KeepOptions, Retention } from './types.ts';

/** One log that is being kept. */
export interface Kept {
  again(retention: Retention): void;
  trouble(): Failure | undefined;
  /** A look now, and until what it asks for is done. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

type Options = KeepOptions & {
  /** Logs are shortened a few at a time. */
  turns: Slots;
};

/** What can go wrong, each by itself. */
type Concern = 'file' | 'times' | 'size' | 'watch';

/** Milliseconds between two samples of a log that grows. */
const EVERY = 250;

export function keepLog(dir: string, given: Retention, { now, env, log, turns }: Options): Kept {
  const troubles = new Map<Concern, Failure>();
  let retention = given;
  let index: IndexWriter | undefined;
  let shortener: Shortener | undefined;
  let shortening: Promise<void> | undefined;
  /** As the last look found it. */
  let [seen, base, looked]: [number | undefined, number, number] = [undefined, 0, now()];
  /** Whether it is known what was written before. */
  let isTakenUp = false;
  /** Since when there is something without a sample. */
  let since: number | undefined;
  let growth: Growth | undefined;

  function look(woken: boolean): boolean {
    try {
      return see(filesOf(dir), woken);
    } catch (thrown) {
      become('file', logError('log-unreadable', `${dir} can't be looked at: ${reasonOf(thrown)}.`));
      return false;
    }
  }

  function see(files: readonly LogFile[], woken: boolean): boolean {
    const newest = files.at(-1);
    const at = now();
    if (!newest || newest.base < base) return removed();
    const grew = newest.end !== seen;
    if (grew) since ??= woken ? at : looked;
    attend(newest, files, at);
    [seen, base, looked] = [newest.end, newest.base, at];
    return grew;
  }

  function removed(): false {
    become('file', logError('log-removed', `The log file in ${dir} was removed.`));
    if (seen !== undefined) index?.cut(base);
    seen = undefined;
    return false;
  }

  function attend(newest: LogFile, files: readonly LogFile[], at: number): void {
    try {
      index ??= openIndex(dir);
      sample(index, files, stretch(since ?? at, at, newest.end));
      since = undefined;
      become('times', undefined);
    } catch (thrown) {
      const what = `The index of ${dir} was not written: ${reasonOf(thrown)}.`;
      become('times', logError('log-not-searchable', what));
    }
    // On a full disk this is what makes room for the index.
    if (index && asksForLess(files, index.header.given)) shortening ??= shorten(index);
  }

  function sample(opened: IndexWriter, files: readonly LogFile[], written: Stretch): void {
    const [oldest, newest] = [files[0] as LogFile, files.at(-1) as LogFile];
    if (newest.end < opened.end || (!isTakenUp && isRegrown(oldest, opened.header.given)))
      emptied(opened, newest);
    // What was written while nobody watched came between the last sample and the file's last change.
    const unwatched = stretch(opened.until ?? oldest.born, newest.modified, newest.end);
    if (newest.end > opened.end) opened.add(isTakenUp ? written : unwatched);
    if (!isTakenUp) opened.change({ watched: ownIdentity() });
    isTakenUp = true;
  }

  /** What another keeper left undone is looked for once: some file systems hold more for a file than is in it. */
  function asksForLess(files: readonly LogFile[], given: number): boolean {
    return isTooLong(files, given, retention) || (!shortener && isUnfinished(files, given, retention));
  }

  function emptied(opened: IndexWriter, newest: LogFile): void {
    become('file', logError('log-emptied', `${newest.file} was emptied.`));
    opened.cut(newest.base);
  }

  function openedShortener(opened: IndexWriter): Shortener {
    shortener ??= openShortener({ dir, index: opened, env });
    return shortener;
  }

  async function shorten(opened: IndexWriter): Promise<void> {
    try {
      const mine = openedShortener(opened);
      become('size', await turns.run(() => mine.shorten(retention)));
    } catch (thrown) {
      const what = `The log in ${dir} was not shortened: ${reasonOf(thrown)}.`;
      become('size', logError('log-not-shortened-yet', what));
    } finally {
      shortening = undefined;
    }
  }

  function become(concern: Concern, error: GantryError | undefined): void {
    const known = troubles.get(concern);
    if (known?.message === error?.failure.message) return;
    if (error) troubles.set(concern, error.failure);
    else troubles.delete(concern);
    if (error) log?.('warn', error.message);
    else log?.('info', `No longer: ${known?.message}`);
  }

  function watchIt(): Growth {
    return watchGrowth(dir, {
      every: EVERY,
      persistent: false,
      look,
      unwatched: ({ message }) =>
        become('watch', logError('log-not-watched', `${dir} can't be watched: ${message}.`)),
    });
  }

  growth = watchIt();

  return {
    again(next) {
      retention = next;
      shortener = undefined;
      base = 0;
      become('file', undefined);
      if (troubles.has('watch')) {
        growth?.close();
        become('watch', undefined);
        growth = watchIt();
      } else look(true);
    },
    trouble: () => troubles.values().next().value,
    async settle() {
      await shortening;
      look(false);
      await shortening;
    },
    async close() {
      growth?.close();
      look(false);
      await shortening;
      try {
        if (readHeader(dir)?.watched === ownIdentity()) index?.change({ watched: undefined });
      } catch {
        // Its process will be gone, which says the same.
      }
    },
  };
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
