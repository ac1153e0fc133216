import type { Rule } from '../rule.ts';
import { importedOnlyAt } from './packages.ts';

const react = /^(react|ink|react-reconciler|@inkjs\/[^/]+|ink-[^/]+)(\/.*)?$/;
const home = /^src\/(app\/tui|panes)\//;

export const reactAtHome: Rule = {
  sentence: 'only app/tui and panes import React or Ink',
  check: importedOnlyAt({ packages: react, home }),
  kept: [
    { path: 'src/app/tui/screen.tsx', text: "import { Box } from 'ink';" },
    { path: 'src/panes/kit/list.tsx', text: "import { useMemo } from 'react';" },
    { path: 'src/app/cli/main.ts', text: "import { link } from 'inkwell';" },
  ],
  broken: [
    { path: 'src/app/cli/main.ts', text: "\n\nimport { render } from 'ink'; // here" },
    { path: 'src/engines/repo/status.ts', text: "import type { ReactNode } from 'react'; // here" },
    { path: 'src/keymaps/default.ts', text: "import { jsx } from 'react/jsx-runtime'; // here" },
    { path: 'src/app/mcp/main.ts', text: "await import('ink-spinner'); // here" },
  ],
};
