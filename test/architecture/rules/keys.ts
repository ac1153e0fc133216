import { type Module, nameOf, stringOf } from '../module.ts';
import type { Rule, Violation } from '../rule.ts';

const readers = /(^|\.)(useInput|usePaste|useStdin|emitKeypressEvents)$/;
const listeners = /(^|\.)stdin\.(on|once|addListener|read|pipe)$/;
const onScreen = /^src\/(app\/tui|panes|keymaps)\//;

export const oneReader: Rule = {
  sentence: 'one file of the screen reads keys',
  check: (modules) =>
    inMoreThanOneFile(modules.filter(({ path }) => onScreen.test(path)).flatMap(readsOfKeys)),
  kept: [
    {
      path: 'src/app/tui/keyboard.ts',
      text: 'useInput(dispatch);\nusePaste(paste);\nstdin.setRawMode(true);',
    },
    { path: 'src/app/tui/size.ts', text: "stdout.on('resize', measure);" },
    { path: 'src/app/cli/input.ts', text: "process.stdin.on('data', collect);" },
  ],
  broken: [
    { path: 'src/app/tui/dialog.tsx', text: 'useInput((input) => answer(input)); // here' },
    { path: 'src/panes/repos/view.tsx', text: "process.stdin.on('data', keys); // here" },
    { path: 'src/app/tui/field.tsx', text: 'const { stdin } = useStdin(); // here' },
  ],
};

export function inMoreThanOneFile(found: Violation[]): Violation[] {
  return new Set(found.map(({ path }) => path)).size > 1 ? found : [];
}

function readsOfKeys(module: Module): Violation[] {
  const found: Violation[] = [];
  module.visit({
    CallExpression: (node) => {
      const name = nameOf(node.callee);
      if (!readers.test(name) && !listeners.test(name)) return;
      const event = stringOf(node.arguments[0]);
      if (listeners.test(name) && event !== undefined && !/^(data|readable|keypress)$/.test(event)) return;
      found.push({ path: module.path, line: module.lineOf(node), what: `reads keys by ${name}` });
    },
  });
  return found;
}
