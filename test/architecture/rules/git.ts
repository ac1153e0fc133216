import type { ESTree } from 'rolldown/utils';
import { folderOf, type Module, nameOf, stringOf } from '../module.ts';
import type { Rule, Violation } from '../rule.ts';

const gitProgram = /^(\S*\/)?git(\.exe)?(\s|$)/;
const starters =
  /(^|\.)(spawn|spawnSync|exec|execSync|execFile|execFileSync|execa|execaSync|execaCommand|\$)$/;

export const gitAtHome: Rule = {
  sentence: 'only engines/git runs git',
  check: (modules) => modules.filter(({ path }) => folderOf(path) !== 'engines/git').flatMap(runsOfGit),
  kept: [
    { path: 'src/engines/git/run.ts', text: "import { execa } from 'execa';\nexeca('git', ['status']);" },
    { path: 'src/engines/process/start.ts', text: 'spawn(file, args); // not git' },
    {
      path: 'src/engines/workspace/actions.ts',
      text: "command({ id: 'workspace.exec', examples: [{ input: { command: ['git', 'log'] } }] });",
    },
    {
      path: 'src/app/cli/help.ts',
      text: "print('git is run by the git engine'); const engines = new Set(['git']);",
    },
  ],
  broken: [
    { path: 'src/engines/repo/status.ts', text: "execa('git', ['status']); // here" },
    { path: 'src/app/tui/shell.ts', text: "childProcess.spawn('/usr/bin/git', args); // here" },
    { path: 'src/app/tui/shell.ts', text: 'exec(`git status`); // here' },
    { path: 'src/engines/flow/start.ts', text: 'await $`git flow init`; // here' },
    { path: 'src/engines/flow/start.ts', text: 'await $({ cwd })`git flow init`; // here' },
    { path: 'src/engines/repo/fetch.ts', text: "run({ file: 'git', args }); // here" },
    { path: 'src/engines/repo/fetch.ts', text: "run(['git', '-C', path, 'fetch']); // here" },
    { path: 'src/engines/repo/log.ts', text: "import { simpleGit } from 'simple-git'; // here" },
  ],
};

function runsOfGit(module: Module): Violation[] {
  const found: Violation[] = module.imports
    .filter(({ target }) => target === 'simple-git')
    .map(({ line }) => ({ path: module.path, line, what: 'imports simple-git' }));
  const see = (node: ESTree.Node, text: string | undefined) => {
    if (text === undefined || !gitProgram.test(text)) return;
    found.push({ path: module.path, line: module.lineOf(node), what: `runs ${text}` });
  };

  module.visit({
    CallExpression: (node) => {
      const [first] = node.arguments;
      if (starters.test(nameOf(node.callee))) see(node, stringOf(first));
      if (first?.type === 'ArrayExpression') see(first, stringOf(first.elements[0]));
    },
    TaggedTemplateExpression: ({ tag, quasi }) => {
      const name = nameOf(tag.type === 'CallExpression' ? tag.callee : tag);
      if (starters.test(name)) see(quasi, quasi.quasis[0]?.value.raw);
    },
    Property: ({ key, value }) => {
      if (/^(file|command|program|executable)$/.test(nameOf(key))) see(value, stringOf(value));
    },
  });
  return found;
}
