import { folderOf, type Module } from '../module.ts';
import type { Rule, Violation } from '../rule.ts';

type Edge = Violation & { from: string; to: string };

export const engineOrder: Rule = {
  sentence: 'engines build on engines/core and on engines below them, never in a circle',
  check: (modules) => {
    const edges = modules.flatMap(edgesOf);
    return edges.filter(({ from, to }) => buildsOn(edges, to, from));
  },
  kept: [
    { path: 'src/engines/repo/status.ts', text: "import { run } from '#engines/git/run.ts';" },
    { path: 'src/engines/git/run.ts', text: "import type { Context } from '#engines/core/context.ts';" },
    { path: 'src/engines/git/read.ts', text: "import { run } from './run.ts';" },
  ],
  broken: [
    {
      path: 'src/engines/core/context.ts',
      text: "import { run } from '#engines/git/run.ts'; // here\nimport type { Plan } from './plan.ts';",
    },
    {
      path: 'src/engines/git/operations.ts',
      text: "import type { Repo } from '#engines/repo/types.ts'; // here",
    },
    {
      path: 'src/engines/git/lazy.ts',
      text: "const load = () => import('#engines/repo/status.ts'); // here",
    },
  ],
};

function edgesOf(module: Module): Edge[] {
  const from = folderOf(module.path);
  if (!from.startsWith('engines/')) return [];
  return module.imports
    .filter(({ target }) => target.startsWith('src/engines/') && folderOf(target) !== from)
    .map(({ target, line }) => ({
      from,
      to: folderOf(target),
      path: module.path,
      line,
      what: `imports ${target}, which builds on ${from}`,
    }));
}

// Every engine may build on core, so core builds on none.
function buildsOn(edges: Edge[], engine: string, other: string): boolean {
  if (other === 'engines/core') return true;
  const below = new Set([engine]);
  for (const folder of below) {
    for (const edge of edges) if (edge.from === folder) below.add(edge.to);
  }
  return below.has(other);
}
