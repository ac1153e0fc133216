import { type Module, nameOf } from '../module.ts';
import type { Rule, Violation } from '../rule.ts';
import { inMoreThanOneFile } from './keys.ts';

const onScreen = /^src\/(app\/tui|panes|keymaps)\//;

export const oneWriter: Rule = {
  sentence: 'one file of the screen writes to the terminal',
  check: (modules) => inMoreThanOneFile(modules.filter(({ path }) => onScreen.test(path)).flatMap(writes)),
  kept: [
    { path: 'src/app/tui/writer.ts', text: 'stdout.write(frame);\nwriteSync(1, frame);' },
    { path: 'src/app/tui/size.ts', text: 'measure(process.stdout.rows);' },
    { path: 'src/app/tui/log.ts', text: 'writeSync(file, line);' },
    { path: 'src/app/cli/output.ts', text: 'process.stdout.write(text);' },
  ],
  broken: [
    { path: 'src/app/tui/bell.ts', text: "process.stdout.write('\\x07'); // here" },
    { path: 'src/app/tui/restore.ts', text: 'fs.writeSync(1, restore); // here' },
    { path: 'src/panes/repos/copy.ts', text: 'context.stdout.write(osc52); // here' },
    { path: 'src/app/tui/error.ts', text: 'process.stderr.write(message); // here' },
  ],
};

function writes(module: Module): Violation[] {
  const found: Violation[] = [];
  module.visit({
    CallExpression: (node) => {
      const name = nameOf(node.callee);
      const [target] = node.arguments;
      const isDescriptor = target?.type === 'Literal' && (target.value === 1 || target.value === 2);
      const toStream = /(^|\.)(stdout|stderr)\.(write|end)$/.test(name);
      const toDescriptor = /(^|\.)(writeSync|write|writeFileSync)$/.test(name) && isDescriptor;
      if (toStream || toDescriptor)
        found.push({ path: module.path, line: module.lineOf(node), what: `writes by ${name}` });
    },
  });
  return found;
}
