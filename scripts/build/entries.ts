import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const dist = join(root, 'dist');

/** All else is named by a module's path below src. The launcher starts this one, and nothing is loaded but by it. */
export const entry = 'app/main.ts';

/**
 * Files that are bundled by themselves, with a copy of whatever they share: the first picture reads nothing of what
 * comes after it, and the protocol brings a zod twice as large as anybody else needs.
 */
export const alone: Readonly<Record<string, string>> = {
  screen: 'app/tui/main.tsx',
  protocol: 'app/mcp/protocol/stdio.ts',
};

/** Where everything else begins. What two of them need is there once. */
export const doors = [
  'app/cli/main.ts',
  'app/daemon/main.ts',
  'app/dialects/main.ts',
  'app/mcp/main.ts',
  'app/tui/start.ts',
];

/** Files that hold whatever some modules import, and so are read as one: a file more costs a quarter of a millisecond. */
export const together: Readonly<Record<string, readonly string[]>> = {
  always: ['app/cli/main.ts', 'app/cli/run.ts', 'engines/store/busy.ts'],
  commands: ['app/invoke/run.ts'],
  activity: ['engines/activity/types.ts'],
  client: ['app/tui/connection.ts'],
  toml: ['engines/workspace/toml.ts', 'engines/workspace/names.ts'],
  text: ['app/cli/output/outcome.ts', 'app/surface/text/events.ts', 'app/surface/text/data.ts'],
};

/** What nearly everything uses, and so is there as well. */
export const common = /^(?:package\.json$|engines\/core\/|zod\/)/;

/** Packages that are large and that few commands need: evaluated at their first use, however they are imported. */
export const packages = ['@decimalturn/toml-patch', 'conf', 'execa'];

/** Modules that are evaluated at their first use as well; the cards of an engine stand in its file. */
export const lazyModules = /^app\/registry\/(?:cards\/(\w+)|actions)\.ts$/;

/** The list of all cards, in a file with a copy of each: a command needs one, and help needs no engine. */
export const list = { file: 'cards', module: 'app/registry/actions.ts' };

/** What goes on for as long as somebody likes, and so outlives an upgrade: it holds the files that it may still need. */
export const lasting = [
  'app/daemon/child.ts',
  'app/daemon/daemon.ts',
  'app/dialects/mcp/serve.ts',
  'app/mcp/protocol/stdio.ts',
  'app/tui/start.ts',
];

/** The entry's file, whose name stays and which names the others. */
export const entryPath = join(dist, 'gantry.cjs');
