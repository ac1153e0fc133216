import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './bundle.ts';
import { dist } from './entries.ts';

const hour = 60 * 60 * 1000;

// Each file appears whole and after the files that it names. What earlier builds left stays for an hour, because a
// program that was started from it has not loaded all of it.
export function putInPlace(bundles: Bundle[], startedAt: Date): void {
  mkdirSync(dist, { recursive: true });
  for (const { path, text } of bundles) {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, text);
    utimesSync(unfinished, startedAt, startedAt);
    renameSync(unfinished, path);
  }
  removeOlderThan(new Date(startedAt.getTime() - hour));
}

export function removeAll(): void {
  rmSync(dist, { recursive: true, force: true });
}

function removeOlderThan(limit: Date): void {
  for (const name of readdirSync(dist)) {
    const path = join(dist, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && stat.mtime < limit) rmSync(path, { force: true, recursive: true });
  }
}
