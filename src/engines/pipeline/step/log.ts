import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';

/** Bytes that are kept of what one step writes; the rest is shown and not kept. */
const MOST_BYTES = 10_000_000;
/** Lines that a failure quotes. */
const LAST_LINES = 3;
/** Characters of them. */
const LONGEST_WORDS = 500;

export interface StepLog {
  line(text: string): void;
  /** The last lines, as one. */
  lastWords(): string;
  close(): void;
}

/** What a step writes, at the end of what it wrote before. */
export function openLog(file: string, tell: (line: string) => void): StepLog {
  const descriptor = openSync(file, 'a', 0o600);
  let size = fstatSync(descriptor).size;
  let last: string[] = [];
  return {
    line(text) {
      tell(text);
      if (text.trim() !== '') last = [...last, text.trim()].slice(-LAST_LINES);
      if (size >= MOST_BYTES) return;
      size += writeSync(descriptor, `${text}\n`);
      if (size >= MOST_BYTES) writeSync(descriptor, 'What comes after this was not kept.\n');
    },
    lastWords: () => last.join(' / ').slice(-LONGEST_WORDS),
    close: () => closeSync(descriptor),
  };
}
