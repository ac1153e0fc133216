import { join } from 'node:path';

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

// What is bundled together shares files, and so loads what any of it needs of them: `--version` would load a file more,
// and every command would load the variant of zod that only the MCP SDK uses.
export const groups: EntryName[][] = [['gantry'], ['cli', 'screen', 'daemon'], ['mcp']];

export const entryNames = groups.flat();
export const sourceOf = (name: EntryName): string => join(root, 'src', entries[name]);
export const bundleOf = (name: EntryName): string => join(dist, `${name}.cjs`);
