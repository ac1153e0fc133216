import { basename, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const dist = join(root, 'dist');

// The launcher starts `gantry`, which loads one of the others, its doors.
export const entries = {
  gantry: 'app/main.ts',
  cli: 'app/cli/main.ts',
  screen: 'app/tui/main.tsx',
  daemon: 'app/daemon/main.ts',
  mcp: 'app/mcp/main.ts',
};

export type EntryName = keyof typeof entries;

// A file more costs each process that loads it a third of a millisecond, and so each entry is one file; of the screen's,
// the first paint must not read what comes after it.
export const splitEntry: EntryName = 'screen';

// Packages that are large and that few commands need.
export const packages = ['@decimalturn/toml-patch', 'conf', 'execa'];

export const entryNames = Object.keys(entries) as EntryName[];
export const sourceOf = (name: EntryName): string => join(root, 'src', entries[name]);
export const packageBundle = (name: string): string => basename(name);
export const bundleOf = (name: EntryName): string => join(dist, `${name}.cjs`);
