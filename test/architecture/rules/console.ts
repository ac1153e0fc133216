import { type Module, nameOf } from '../module.ts';
import type { Rule, Violation } from '../rule.ts';

export const noConsole: Rule = {
  sentence: 'nothing uses the console',
  check: (modules) => modules.flatMap(usesOfConsole),
  kept: [
    { path: 'src/app/tui/writer.ts', text: "// console.log would break the frame\nsay('console.log');" },
    { path: 'src/panes/kit/console.ts', text: 'export const row = { console: 1 }; row.console;' },
  ],
  broken: [
    { path: 'src/engines/git/run.ts', text: "console.log('x'); // here" },
    { path: 'src/app/cli/main.ts', text: "\nglobalThis.console.error('x'); // here" },
    { path: 'src/app/cli/main.ts', text: 'const { warn } = console; // here' },
  ],
};

function usesOfConsole(module: Module): Violation[] {
  const found: Violation[] = [];
  const see = (node: { start: number }) =>
    found.push({ path: module.path, line: module.lineOf(node), what: 'uses the console' });
  module.visit({
    MemberExpression: (node) => {
      if (/^(globalThis\.)?console\.\w+$/.test(nameOf(node))) see(node);
    },
    VariableDeclarator: (node) => {
      if (node.init && nameOf(node.init) === 'console') see(node);
    },
  });
  return found;
}
