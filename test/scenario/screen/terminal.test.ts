import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { putOnPath } from '../../rig/program.ts';
import { terminal } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';
import { openScreen, rowOf } from './open.ts';

/** The screen in a shell that stays on the terminal and tells afterwards how it was left. */
const inShell = async (world: World, env: Record<string, string> = {}) => {
  await putOnPath(world);
  const script =
    'before=$(stty -g); gantry; echo "code $?"; [ "$(stty -g)" = "$before" ] && echo as before; exec cat';
  const opened = await terminal(world, ['sh', '-c', script], { cols: 120, rows: 36, env });
  await opened.idle();
  return opened;
};

/** The one that was started without arguments; the daemon has some. */
const screenPid = (world: World): Promise<number> =>
  until(() => world.processes().find(({ argv }) => argv.at(-1)?.endsWith('/dist/gantry.cjs'))?.pid, {
    what: 'the screen to run',
  });

/** Makes the program throw, wherever it is, when it gets SIGUSR2: a defect that nobody foresaw. */
const defect = async (world: World) => {
  const file = world.path('defect.cjs');
  await writeFile(file, `process.on('SIGUSR2', () => { throw new Error('a defect'); });\n`);
  return { NODE_OPTIONS: `--require=${file}` };
};

describe('the terminal is as it was', () => {
  const ends: [string, number, (world: World, press: (key: string) => void) => Promise<void> | void][] = [
    ['q', 0, (_, press) => press('q')],
    ['SIGTERM', 143, async (world) => void process.kill(await screenPid(world), 'SIGTERM')],
    ['SIGHUP', 129, async (world) => void process.kill(await screenPid(world), 'SIGHUP')],
    ['SIGINT', 130, async (world) => void process.kill(await screenPid(world), 'SIGINT')],
    ['a defect', 1, async (world) => void process.kill(await screenPid(world), 'SIGUSR2')],
  ];

  test.for(ends)('after %s', async ([how, code, end], { world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const shown = await inShell(world, how === 'a defect' ? await defect(world) : {});
    expect(shown).toMatchObject({ alternate: true, cursor: { visible: false } });
    await end(world, shown.press);
    await shown.waitFor(new RegExp(`^code ${code}$`, 'm'));
    await shown.waitFor(/^as before$/m);
    expect(shown).toMatchObject({ alternate: false, cursor: { visible: true } });
    shown.paste('pasted');
    await shown.waitFor(/^pasted$/m);
    expect(shown.text()).not.toMatch(/200~|^ +at /m);
  });

  test('after a defect, which is told in one error', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const shown = await inShell(world, await defect(world));
    process.kill(await screenPid(world), 'SIGUSR2');
    await shown.waitFor(/a defect/);
  });
});

describe('a terminal that is lost', () => {
  test('leaves nothing behind that spins', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const opened = await openScreen(world);
    const pid = await screenPid(world);
    opened.hangUp();
    await opened.exit;
    expect(world.processes().filter((one) => one.pid === pid)).toEqual([]);
  });
});

describe('ctrl+z', () => {
  test('gives the shell back, and fg the screen', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    await putOnPath(world);
    const shell = await terminal(world, ['bash', '--norc', '--noprofile', '-i'], {
      cols: 120,
      rows: 36,
      env: { PS1: 'shell> ' },
    });
    await shell.waitFor('shell>');
    shell.type('gantry\r');
    await shell.waitFor((shown) => rowOf(shown, 'api').includes('~1'));
    shell.press('ctrl+z');
    await shell.waitFor(/Stopped/);
    expect(shell).toMatchObject({ alternate: false, cursor: { visible: true } });
    shell.type('fg\r');
    await shell.waitFor((shown) => shown.alternate && rowOf(shown, 'api').includes('~1'));
    shell.press('q');
    await shell.waitFor((shown) => !shown.alternate);
  });
});

describe('while nothing changes', () => {
  test('nothing is written; then a file that is touched appears', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'dirty', docs: 'behind' });
    const opened = await openScreen(world);
    await opened.waitFor((shown) => workspace.names.every((name) => rowOf(shown, name).includes('Tidy')));
    await opened.idle();
    opened.mark();
    for (let round = 0; round < 10; round++) await succeed(world, ['repo', 'status', '--json']);
    expect({ bytes: opened.bytes, output: opened.output }).toEqual({ bytes: 0, output: '' });
    await workspace.repo('api').write('notes.txt', 'touched\n');
    await opened.waitFor((shown) => rowOf(shown, 'api').includes('?1'));
    expect(opened.bytes).toBeLessThan(1_500);
  });

  test('a key that moves the selection costs less than 1500 bytes', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'dirty', docs: 'behind' });
    const opened = await openScreen(world);
    opened.mark();
    opened.press('j');
    await opened.idle();
    expect(opened.bytes).toBeGreaterThan(0);
    expect(opened.bytes).toBeLessThan(1_500);
  });
});

describe('a terminal', () => {
  test('below 40x12 is told in one line, and keys do nothing until it grows', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const opened = await openScreen(world, { cols: 39, rows: 11 });
    expect(opened.text().trim().split('\n')).toHaveLength(1);
    expect(opened.text()).toMatch(/40.?[x×].?12/);
    opened.press('R', 'q', ':');
    await opened.idle();
    expect(opened.text().trim().split('\n')).toHaveLength(1);
    opened.resize(80, 24);
    await opened.waitFor((shown) => rowOf(shown, 'api').includes('~1'));
    expect(opened.text()).not.toContain('git reset');
  });

  test.for([
    [250, 80],
    [80, 24],
    [40, 12],
  ] as const)('of %sx%s shows the repos', async ([cols, rows], { world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const opened = await openScreen(world, { cols, rows });
    expect(rowOf(opened, 'api')).not.toBe('');
  });

  test('without colour loses no word', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty', web: 'behind' });
    const opened = await openScreen(world, { env: { NO_COLOR: '1' } });
    expect(rowOf(opened, 'api')).toMatch(/~1/);
    expect(opened.output).not.toMatch(/\x1b\[(?:\d+;)*(?:3[0-7]|38;[25]|4[0-7]|48;[25]|9[0-7])[;m]/);
  });
});

describe('what is pasted', () => {
  test('is never keys', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const opened = await openScreen(world);
    opened.paste('R\ny\nq\n:demo\n');
    await opened.idle();
    expect(opened.alternate).toBe(true);
    expect(opened.text()).not.toContain('git reset');
    expect(opened.text()).toContain('Nothing has been done here yet');
  });

  test('is text where text is asked for', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty', web: 'clean' });
    const opened = await openScreen(world);
    opened.press('/');
    opened.paste('web\n');
    await opened.idle();
    expect(rowOf(opened, 'api')).toBe('');
    expect(rowOf(opened, 'web')).not.toBe('');
  });
});

describe('keymap.toml', () => {
  const withKeys = async (world: World, text: string) => {
    await createWorkspace(world, { api: 'dirty', web: 'unfetched' });
    const file = `${world.env.XDG_CONFIG_HOME}/gantry/keymap.toml`;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return { file, opened: await openScreen(world, { cols: 200 }) };
  };

  test('gives an action another key, in help as well, and takes one away', async ({ world }) => {
    const { opened } = await withKeys(world, 'repo.fetch = "F"\nrepo.reset = false\n');
    expect(opened.text()).toMatch(/F fetch/);
    opened.press('f', 'R');
    await opened.idle();
    expect(opened.text()).not.toContain('git reset');
    expect(opened.text()).not.toMatch(/repo\.fetch/);
    opened.press('F');
    await opened.waitFor(/repo\.fetch .*api/);
  });

  test.for([
    ['dotted', 'repo.fetch = "F"\nrepo.fetsh = "x"\n', '2:1'],
    ['quoted', '"repo.fetch" = "F"\n"repo.fetsh" = "x"\n', '2:1'],
    ['in a table', '[repo]\nfetch = "F"\nfetsh = "x"\n', '3:1'],
  ] as const)(
    'that is wrong is told by line and column, and the rest of it holds: %s',
    async ([, text, place], { world }) => {
      const { file, opened } = await withKeys(world, text);
      await opened.waitFor(`${file}:${place}: there is no action or move`);
      expect(opened.text()).toContain('did you mean `repo.fetch`?');
      opened.press('esc');
      await opened.waitFor(/F fetch/);
    },
  );

  test('that is no TOML is told by line and column, and the usual keys hold', async ({ world }) => {
    const { file, opened } = await withKeys(world, 'repo.fetch = "F"\nrepo.reset = \n');
    await opened.waitFor(`${file}:2:`);
    opened.press('esc');
    await opened.waitFor(/f fetch/);
  });
});
