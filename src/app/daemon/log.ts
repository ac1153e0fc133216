import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { visible } from '#engines/core/visible.ts';
import { type DaemonFiles, rotatedLogs } from '#engines/daemon/files.ts';

/** From what always matters to what only a search for a defect needs. */
const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export type Level = (typeof LEVELS)[number];

export interface Log {
  /** One line, stamped; what a terminal could obey is made visible. */
  write(level: Level, text: string): void;
  /** Leaves out what is below. */
  limitTo(level: Level): void;
  /** From now on another process rotates. */
  leaveRotation(): void;
}

interface LogOptions {
  now: () => number;
  /** False in a process that writes beside the one that rotates. */
  rotates: boolean;
  /** Bytes beyond which a file is put aside. */
  limit?: number;
}

const LIMIT = 1024 * 1024;

/**
 * Appends to the log. Each line is written whole, and a file is renamed only between two lines by the one process
 * that serves; the others go on in the file that they find.
 */
export function openLog(files: Pick<DaemonFiles, 'log'>, { now, rotates, limit = LIMIT }: LogOptions): Log {
  let file = openSync(files.log, 'a', 0o600);
  let rotating = rotates;
  let lowest: Level = 'info';

  function write(level: Level, text: string): void {
    if (LEVELS.indexOf(level) > LEVELS.indexOf(lowest)) return;
    const line = `${new Date(now()).toISOString()} ${process.pid} ${level} ${visible(text)}\n`;
    try {
      if (fstatSync(file).size + Buffer.byteLength(line) > limit) takeAnother();
      writeSync(file, line);
    } catch {
      // A full disk costs lines of the log, never the daemon.
    }
  }

  function takeAnother(): void {
    if (isCurrent() && !rotating) return;
    if (isCurrent()) rotate(files);
    closeSync(file);
    file = openSync(files.log, 'a', 0o600);
  }

  function isCurrent(): boolean {
    return statSync(files.log, { throwIfNoEntry: false })?.ino === fstatSync(file).ino;
  }

  return {
    write,
    limitTo(level) {
      lowest = level;
    },
    leaveRotation() {
      rotating = false;
    },
  };
}

/** Takes what a runtime that died had printed into the log. */
export function adoptLeftovers({ stderr }: Pick<DaemonFiles, 'stderr'>, log: Log): void {
  if (!statSync(stderr, { throwIfNoEntry: false })?.size) return;
  for (const line of readFileSync(stderr, 'utf8').trimEnd().split('\n'))
    log.write('error', `left behind: ${line}`);
  truncateSync(stderr);
}

function rotate(files: Pick<DaemonFiles, 'log'>): void {
  const names = [...rotatedLogs(files), files.log];
  for (const [index, older] of names.slice(0, -1).entries()) {
    const newer = names[index + 1] as string;
    if (statSync(newer, { throwIfNoEntry: false })) renameSync(newer, older);
  }
}
