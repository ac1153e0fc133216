import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { World } from '../rig/home.ts';
import { putOnPath } from '../rig/program.ts';
import { type Screen, terminal } from '../rig/screen.ts';
import { test as base } from '../rig/test.ts';
import { createWorkspace } from '../rig/workspace.ts';

type Shell = { command: [string, ...string[]]; load: string };

const SHELLS: Record<string, Shell> = {
  bash: { command: ['bash', '--norc', '--noprofile', '-i'], load: 'source <(gantry completion bash)' },
  zsh: {
    command: ['zsh', '-f', '-i'],
    load: 'autoload -Uz compinit; compinit -D; source <(gantry completion zsh)',
  },
  fish: { command: ['fish', '--no-config', '--interactive'], load: 'gantry completion fish | source' },
};

const isInstalled = (name: string) =>
  (process.env.PATH ?? '').split(':').some((directory) => existsSync(`${directory}/${name}`));

const loaded = async (world: World, { command, load }: Shell): Promise<Screen> => {
  const workspace = await createWorkspace(world, { api: 'clean', 'two words': 'clean', website: 'clean' });
  await workspace.repo('api').branch('feature/login');
  await workspace
    .repo('api')
    .git('worktree', 'add', '--quiet', '-b', 'search', '--', workspace.path('.worktrees', 'search', 'api'));
  await createWorkspace(world, { mobile: 'clean' }, { dir: world.path('other') });
  await world.gantry(['config', 'set', 'undo.keepDays', '9']);
  await putOnPath(world);
  const shell = await terminal(world, command, { cols: 120, rows: 30 });
  shell.type(`${load}; echo lo''aded\r`);
  await shell.waitFor(/^loaded$/m);
  return shell;
};

/** As the guide says: the shell finds the file by itself. */
const INSTALLED: Record<string, Shell> = {
  bash: {
    command: ['bash', '--norc', '--noprofile', '-i'],
    load: 'gantry completion bash > ~/gantry; source ~/gantry',
  },
  zsh: {
    command: ['zsh', '-f', '-i'],
    load: 'mkdir ~/.zfunc; gantry completion zsh > ~/.zfunc/_gantry; fpath+=(~/.zfunc); autoload -Uz compinit; compinit -D -u',
  },
  fish: {
    command: ['fish', '--no-config', '--interactive'],
    load: 'mkdir -p ~/.config/fish/completions; gantry completion fish > ~/.config/fish/completions/gantry.fish; set -p fish_complete_path ~/.config/fish/completions',
  },
};

describe.each(Object.entries(SHELLS))('completion in %s', (name, shell) => {
  if (!isInstalled(name))
    console.log(`Skipped: there is no ${name} on this machine. Install it to run its completion.`);
  /** In CI all three are installed. */
  const test = base.skipIf(!isInstalled(name) && !process.env.CI);

  test.for([
    ['gantry workspa', 'gantry workspace'],
    ['gantry workspace sy', 'gantry workspace sync'],
    ['gantry repo fetch web', 'gantry repo fetch website'],
    ['gantry repo fetch tw', /gantry repo fetch two\\ words/],
    ['gantry repo fetch two\\ w', /gantry repo fetch two\\ words/],
    ['gantry repo fetch "two w', /gantry repo fetch "two words"/],
    ['gantry repo log --limit 5 web', 'gantry repo log --limit 5 website'],
    ['gantry -w ../other repo fetch mob', 'gantry -w ../other repo fetch mobile'],
    ['gantry -w ../other works', 'gantry -w ../other workspace'],
    ['gantry --wor', 'gantry --workspace'],
    ['gantry comp', 'gantry completion'],
    ['gantry completion zs', 'gantry completion zsh'],
    ['gantry mc', 'gantry mcp'],
    ['gantry help repo stat', 'gantry help repo status'],
    ['gantry config set screen.keymap st', 'gantry config set screen.keymap strict'],
    ['gantry workspace sync --retry ', 'gantry workspace sync --retry 1'],
    ['gantry -w ../oth', 'gantry -w ../other/'],
    ['gantry workspace adopt api/.g', 'gantry workspace adopt api/.git/'],
    ['gantry repo reset api --to feat', 'gantry repo reset api --to feature/login'],
    ['gantry repo reset --al', 'gantry repo reset --all'],
    ['gantry undo li', 'gantry undo list'],
    ['gantry worktree switch sea', 'gantry worktree switch search'],
    ['gantry worktree switch search ap', 'gantry worktree switch search api'],
    ['gantry config get undo.keepD', 'gantry config get undo.keepDays'],
  ] as const)('%s', async ([typed, completed], { world }) => {
    const opened = await loaded(world, shell);
    opened.type(`${typed}\t`);
    await opened.waitFor(completed);
    expect(opened.text()).not.toMatch(/error|not found/i);
  });

  test('gantry worktree switch goes there, and leaves everything else to the program', async ({ world }) => {
    const opened = await loaded(world, shell);
    const set = world.path('work', '.worktrees', 'search');
    opened.type('gantry worktree switch search api; pwd\r');
    await opened.waitFor(new RegExp(`^${set}/api$`, 'm'));
    opened.type('gantry worktree switch search; pwd\r');
    await opened.waitFor(new RegExp(`^${set}$`, 'm'));
    opened.type('gantry worktree switch nothing; pwd; gantry worktree switch search api --json\r');
    await opened.waitFor('There is no worktree set "nothing"');
    await opened.waitFor(`"path":"${set}/api"`);
  });

  test('the first TAB of a session completes from the installed file', async ({ world }) => {
    const opened = await loaded(world, INSTALLED[name] as Shell);
    opened.type('gantry repo fetch web\t');
    await opened.waitFor('gantry repo fetch website');
  });
});
