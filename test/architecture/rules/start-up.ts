import { isBuiltin } from 'node:module';
import type { Rule } from '../rule.ts';

const entry = 'src/app/main.ts';

export const quickStart: Rule = {
  sentence: 'the entry starts with nothing but parts of Node, and zod is its small variant',
  check: (modules) =>
    modules.flatMap(({ path, imports }) =>
      imports
        .filter(({ target, isStatic, isType }) => {
          if (target === 'zod') return !isType;
          return path === entry && isStatic && !isType && !isBuiltin(target) && target !== 'package.json';
        })
        .map(({ target, line }) => ({ path, line, what: `imports ${target}` })),
    ),
  kept: [
    {
      path: entry,
      text: "import { join } from 'node:path';\nimport manifest from '#package' with { type: 'json' };",
    },
    { path: entry, text: "const door = () => import('#app/cli/main.ts');" },
    { path: 'src/engines/core/action.ts', text: "import * as z from 'zod/mini';" },
  ],
  broken: [
    { path: entry, text: "import { runCli } from '#app/cli/main.ts'; // here" },
    { path: entry, text: "import { Command } from 'commander'; // here" },
    { path: 'src/engines/core/action.ts', text: "import { z } from 'zod'; // here" },
  ],
};
