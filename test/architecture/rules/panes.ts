import type { Import } from '../module.ts';
import type { Rule } from '../rule.ts';

const declarations = /^src\/engines\/(core\/.+|[^/]+\/(actions|types))\.ts$/;

export const panesOnlyDeclare: Rule = {
  sentence: 'panes take types, data shapes and action declarations from engines, and none of their code',
  check: (modules) =>
    modules
      .filter(({ path }) => path.startsWith('src/panes/'))
      .flatMap(({ path, imports }) =>
        imports.filter(isCode).map(({ target, line }) => ({ path, line, what: `imports code of ${target}` })),
      ),
  kept: [
    { path: 'src/panes/repos/columns.ts', text: "import type { Status } from '#engines/repo/status.ts';" },
    { path: 'src/panes/repos/keys.ts', text: "import { repoFetch } from '#engines/repo/actions.ts';" },
    {
      path: 'src/panes/repos/rows.ts',
      text: "import { type Status, type Row } from '#engines/repo/status.ts';",
    },
  ],
  broken: [
    {
      path: 'src/panes/repos/detail.ts',
      text: "import { type Status, status } from '#engines/repo/status.ts'; // here",
    },
    { path: 'src/panes/repos/detail.ts', text: "export { status } from '#engines/repo/status.ts'; // here" },
    { path: 'src/panes/repos/detail.ts', text: "\nawait import('#engines/git/run.ts'); // here" },
  ],
};

function isCode({ target, isType }: Import): boolean {
  return target.startsWith('src/engines/') && !isType && !declarations.test(target);
}
