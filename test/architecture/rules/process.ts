import type { ESTree } from 'rolldown/utils';
import { type Module, nameOf } from '../module.ts';
import type { Rule, Violation } from '../rule.ts';

const given = /^(cwd|chdir|env|exit|exitCode|abort|argv|stdin|stdout|stderr)$/;
const below = /^src\/(engines|panes|keymaps)\//;

export const processByContext: Rule = {
  sentence: 'engines, panes and keymaps take directory, environment and streams from their context',
  check: (modules) => modules.filter(({ path }) => below.test(path)).flatMap(usesOfProcess),
  kept: [
    {
      path: 'src/engines/store/process.ts',
      text: 'const { pid } = process; process.kill(pid, 0); process.platform;',
    },
    {
      path: 'src/engines/git/run.ts',
      text: "import { platform } from 'node:process'; context.env.HOME; context.cwd();",
    },
    { path: 'src/app/cli/main.ts', text: 'process.exit(1); process.env.HOME;' },
    { path: 'src/engines/git/text.ts', text: "// process.exit() is not called here\nsay('process.cwd');" },
  ],
  broken: [
    { path: 'src/engines/git/run.ts', text: 'const at = process.cwd(); // here' },
    { path: 'src/engines/git/run.ts', text: "const home = process['env'].HOME; // here" },
    { path: 'src/panes/repos/view.ts', text: '\nconst { env } = process; // here' },
    { path: 'src/engines/git/run.ts', text: 'const home = globalThis.process.env.HOME; // here' },
    { path: 'src/engines/repo/status.ts', text: "import { exit } from 'node:process'; // here" },
    { path: 'src/engines/repo/status.ts', text: 'process.exitCode = 1; // here' },
  ],
};

function usesOfProcess(module: Module): Violation[] {
  const found: Violation[] = [];
  const see = (node: ESTree.Node, name: string | undefined) => {
    if (name === undefined || !given.test(name)) return;
    found.push({ path: module.path, line: module.lineOf(node), what: `uses process.${name}` });
  };
  module.visit({
    MemberExpression: (node) => see(node, /^(?:globalThis\.)?process\.(\w+)$/.exec(nameOf(node))?.[1]),
    VariableDeclarator: ({ id, init }) => {
      if (!init || nameOf(init) !== 'process' || id.type !== 'ObjectPattern') return;
      for (const property of id.properties)
        if (property.type === 'Property') see(property, nameOf(property.key));
    },
    ImportDeclaration: ({ source, specifiers }) => {
      if (!/^(node:)?process$/.test(source.value)) return;
      for (const one of specifiers) if (one.type === 'ImportSpecifier') see(one, nameOf(one.imported));
    },
  });
  return found;
}
