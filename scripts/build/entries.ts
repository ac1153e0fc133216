import { basename, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const dist = join(root, 'dist');

interface Entry {
  source: string;
  /** Entries that it loads; of all others it has a part of its own. */
  loads: readonly string[];
}

// The launcher starts `gantry`, which loads one of the doors behind it. A file more costs a third of a millisecond, so
// that a door is one file, but for the screen's: its first picture reads nothing of what comes later, its first rows wait
// for no Ink, and what it has to load of the engines to put an answer into words it loads for the first answer.
export const entries = {
  gantry: { source: 'app/main.ts', loads: ['cli', 'screen', 'daemon', 'mcp', 'dialects'] },
  cli: { source: 'app/cli/main.ts', loads: ['screen', 'daemon', 'mcp'] },
  screen: { source: 'app/tui/main.tsx', loads: ['workbench'] },
  workbench: { source: 'app/tui/start.ts', loads: ['ink', 'words'] },
  ink: { source: 'app/tui/ink/mount.tsx', loads: [] },
  words: { source: 'app/surface/text/lines.ts', loads: [] },
  daemon: { source: 'app/daemon/main.ts', loads: [] },
  mcp: { source: 'app/mcp/main.ts', loads: [] },
  dialects: { source: 'app/dialects/main.ts', loads: ['serve'] },
  serve: { source: 'app/dialects/mcp/serve.ts', loads: [] },
} as const satisfies Record<string, Entry>;

export type EntryName = keyof typeof entries;

// Packages that are large and that few commands need.
export const packages = ['@decimalturn/toml-patch', 'conf', 'execa'];

export const entryNames = Object.keys(entries) as EntryName[];
export const isEntry = (name: string): name is EntryName => Object.hasOwn(entries, name);
export const sourceOf = (name: EntryName): string => join(root, 'src', entries[name].source);
export const packageBundle = (name: string): string => basename(name);

/** What is loaded as soon as the program starts has a name of its own. */
const doors: ReadonlySet<string> = new Set(['gantry', ...entries.gantry.loads]);
export const isDoor = (name: string): boolean => doors.has(name);

/** All else is named by what is in it too, so that a program that runs never loads a part of another build. */
export const bundleOf = (name: string, fingerprint = ''): string =>
  join(dist, isDoor(name) ? `${name}.cjs` : `${packageBundle(name)}-${fingerprint}.cjs`);
