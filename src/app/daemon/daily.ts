import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** What is done once a day for each of many things, across restarts. */
export interface Daily {
  isDue(thing: string, now: number): boolean;
  done(thing: string, now: number): void;
}

const DAY = 86_400_000;

/** When each was done last, in milliseconds since the epoch. */
const contentSchema = z.record(z.string(), z.number());

/** Kept in a file: one that is lost or can't be written means no more than that something is done twice. */
export function openDaily(file: string): Daily {
  const last = read(file);

  return {
    isDue: (thing, now) => now - (last[thing] ?? 0) >= DAY,
    done(thing, now) {
      last[thing] = now;
      write(file, last);
    },
  };
}

function read(file: string): Record<string, number> {
  try {
    return z.parse(contentSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

function write(file: string, content: Record<string, number>): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // As said above.
  }
}
