import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import { readLastCommit, readStatus } from '#engines/git/inspect.ts';
import type { RepoStatus } from '#engines/git/types.ts';
import { watchDirectories } from './directory-watch.ts';
import { stampOf } from './stamp.ts';
import { gitPlaces, hasChangedSince, readTree, type Tree } from './tree.ts';

export interface RepoWatch {
  /** Reads the status once. */
  start(): Promise<void>;
  /** From now on reacts to the file system; what changed since the last reading is noticed. */
  arm(): Promise<void>;
  /** Looks whether git has moved anything, and at all files where the last look is long ago. */
  sweep(now: number): void;
  close(): void;
}

export interface RepoWatchOptions {
  name: string;
  /** Absolute. */
  path: string;
  /** Milliseconds for one reading. */
  budget: number;
  onRow(row: RepoStatus): void;
  onError(error: unknown): void;
}

/** Between a change and the reading after it, in milliseconds; grows while changes come that change nothing. */
const SHORTEST_PAUSE = 60;
const LONGEST_PAUSE = 4000;

/** How old a status may become, in milliseconds, where all files are watched and where they are not. */
const WATCHED_AGE = 5 * 60_000;
const UNWATCHED_AGE = 30_000;

/** Files of the git directory that tell nothing about the status, or not yet. */
const NOISE =
  /\.lock$|^(COMMIT_EDITMSG|FETCH_HEAD|ORIG_HEAD|gc\.(log|pid)|description|hooks|info|logs|objects)$/;

/** Keeps the status of one repo; never reads it twice at once. */
export function watchRepo(context: Context, options: RepoWatchOptions): RepoWatch {
  const { name, path, budget, onRow, onError } = options;
  const watch = watchDirectories(onChange);
  let row: RepoStatus | undefined;
  let readAt = 0;
  let stamp = '';
  let git = new Set<string>();
  let tree: Tree & { index: string } = { directories: [], files: [], whole: false, index: '' };
  let pause = SHORTEST_PAUSE;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  let armed = false;
  let closed = false;

  /** Reads now, or once more after the reading that is under way. */
  function refresh(): Promise<void> {
    if (reading) {
      again = true;
      return reading;
    }
    reading = read()
      .catch((thrown: unknown) => {
        if (!closed) onError(thrown);
      })
      .finally(() => {
        reading = undefined;
        if (again && !closed) soon();
        again = false;
      });
    return reading;
  }

  async function read(): Promise<void> {
    const before = row && stampOf(path, row);
    readAt = context.now();
    const status = await readStatus(context, { name, path }, { budget });
    if (closed) return;
    const known = row?.head === status.head ? (row?.lastCommit ?? null) : null;
    const changed = publish({ ...status, lastCommit: known });
    pause = changed ? SHORTEST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
    const after = stampOf(path, status);
    // What moved during the reading is read again by the next sweep at the latest.
    stamp = before === undefined || before === after ? after : before;
    if (armed) await look();
  }

  /** True where anything but the time of reading is new; the time alone goes out before the row looks old. */
  function publish(next: RepoStatus): boolean {
    const changed = !row || canonical({ ...row, checkedAt: 0 }) !== canonical({ ...next, checkedAt: 0 });
    if (!changed && row && next.checkedAt - row.checkedAt < WATCHED_AGE) return false;
    row = next;
    onRow(next);
    return changed;
  }

  /** What follows a reading: the newest commit, and the directories that are to be watched now. */
  async function look(): Promise<void> {
    if (closed || !row) return;
    const index = indexOf(stampOf(path, row));
    if (index !== tree.index) tree = { ...(await readTree(context, path, budget)), index };
    if (closed) return;
    git = new Set(gitPlaces(path));
    const all = watch.update([...git, ...tree.directories]);
    tree.whole &&= all;
    if (row.state !== 'ok' || row.head === null || row.lastCommit) return;
    const lastCommit = await readLastCommit(context, path, budget);
    if (!closed && row.head === lastCommit?.oid) publish({ ...row, lastCommit });
  }

  async function arm(): Promise<void> {
    armed = true;
    await look();
    const { directories, files } = tree;
    const heads = [...git]
      .flatMap((one) => [join(one, 'HEAD'), join(one, 'index')])
      .filter((file) => existsSync(file));
    if (!closed && hasChangedSince([...directories, ...files, ...heads], readAt - CLOCK_STEP)) soon();
  }

  function onChange(directory: string, entry: string | null): void {
    if (closed || (entry !== null && git.has(directory) && NOISE.test(entry))) return;
    soon();
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void refresh();
    }, pause);
    timer.unref();
  }

  function sweep(now: number): void {
    if (!row || reading || timer) return;
    const age = now - readAt;
    if (stampOf(path, row) !== stamp || age >= (tree.whole ? WATCHED_AGE : UNWATCHED_AGE)) void refresh();
  }

  function close(): void {
    closed = true;
    clearTimeout(timer);
    watch.close();
  }

  return { start: refresh, arm, sweep, close };
}

/** File times are that much coarser than the clock on some systems, in milliseconds. */
const CLOCK_STEP = 20;

/** The part of a stamp that moves when files begin or cease to be tracked. */
function indexOf(stamp: string): string {
  return stamp.split(' ')[2] ?? '';
}
