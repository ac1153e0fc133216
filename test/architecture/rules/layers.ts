import type { Import, Module } from '../module.ts';
import type { Rule } from '../rule.ts';

const below: Record<string, string[]> = {
  app: ['app', 'panes', 'keymaps', 'engines'],
  panes: ['panes', 'engines'],
  keymaps: ['keymaps'],
  engines: ['engines'],
};

export const layers: Rule = {
  sentence: 'app builds on panes, keymaps and engines, panes build on engines, and nothing looks up',
  check: (modules) =>
    modules.flatMap((module) =>
      module.imports
        .filter((one) => looksUp(module, one))
        .map(({ target, line }) => ({ path: module.path, line, what: `imports ${target}` })),
    ),
  kept: [
    { path: 'src/engines/daemon/version.ts', text: "import manifest from '#package' with { type: 'json' };" },
    { path: 'src/app/tui/main.tsx', text: "import { columns } from '#panes/repos/columns.ts';" },
    { path: 'src/app/tui/keys.ts', text: "import { chords } from '#keymaps/default.ts';" },
    { path: 'src/panes/repos/columns.ts', text: "import type { Repo } from '#engines/repo/types.ts';" },
  ],
  broken: [
    { path: 'src/engines/git/run.ts', text: "import { theme } from '#panes/kit/theme.ts'; // here" },
    { path: 'src/engines/git/run.ts', text: "\nimport type { Cli } from '../../app/cli/main.ts'; // here" },
    { path: 'src/panes/repos/detail.ts', text: "export * from '#app/tui/theme.ts'; // here" },
    { path: 'src/keymaps/default.ts', text: "const load = () => import('#engines/git/run.ts'); // here" },
    { path: 'src/panes/repos/keys.ts', text: "type Chord = import('#keymaps/parse.ts').Chord; // here" },
  ],
};

function looksUp({ path }: Module, { target }: Import): boolean {
  if (!target.startsWith('src/')) return false;
  const allowed = below[layerOf(path)];
  return allowed === undefined || !allowed.includes(layerOf(target));
}

const layerOf = (path: string): string => path.split('/')[1] ?? '';
