import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { entryPath, root } from './entries.ts';

const inputs = ['src', 'scripts/build', 'scripts/build.ts', 'package.json', 'package-lock.json'];

// A directory counts as changed when a file in it was added, removed or renamed.
export function isStale(): boolean {
  const built = statSync(entryPath, { throwIfNoEntry: false });
  return built === undefined || inputs.some((input) => changedSince(built.mtimeMs, join(root, input)));
}

function changedSince(time: number, path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.mtimeMs > time) return true;
  return stat.isDirectory() && readdirSync(path).some((name) => changedSince(time, join(path, name)));
}
