import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { type Screen, terminal } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';

const directory = mkdtempSync(join(tmpdir(), 'gantry-screen-'));
const program = join(directory, 'program.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures/program.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    // Ink loads React's development tools only where it is told to, and they are not installed.
    alias: { 'react-devtools-core': join(import.meta.dirname, 'fixtures/nothing.ts') },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
});

afterAll(() => rmSync(directory, { recursive: true }));

// These wait for processes, which a busy machine keeps waiting.
vi.setConfig({ testTimeout: 30_000 });

const open = async (world: World): Promise<Screen> => {
  const screen = await terminal(world, [process.execPath, program], { cols: 100, rows: 30 });
  await screen.idle();
  return screen;
};

const isRestored = (screen: Screen) => {
  expect(screen.alternate).toBe(false);
  expect(screen.cursor.visible).toBe(true);
  expect(screen.output).toContain('\x1b[?2004l');
};

describe('the terminal is as it was', () => {
  test('after quitting', async ({ world }) => {
    const screen = await open(world);
    screen.press('q');
    expect(await screen.exit).toMatchObject({ code: 0 });
    isRestored(screen);
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const) {
    test(`after ${signal}`, async ({ world }) => {
      const screen = await open(world);
      screen.kill(signal);
      expect(await screen.exit).toMatchObject({ code });
      isRestored(screen);
    });
  }

  test('after a defect, which is told on it', async ({ world }) => {
    const screen = await open(world);
    screen.kill('SIGUSR2');
    expect(await screen.exit).toMatchObject({ code: 1 });
    isRestored(screen);
    expect(screen.text()).toContain('a defect');
  });
});

test('when the terminal is taken away, the program ends and does not spin', async ({ world }) => {
  const screen = await open(world);
  screen.hangUp();
  await until(() => !signalTo(screen.pid, 0), { what: 'the program to end' });
});

// What the shell has read the screen never hears of: after it, idle reports say too little.
test('a shell gets the terminal cooked and with its keys, and the screen comes back after it', async ({
  world,
}) => {
  const screen = await open(world);
  screen.press('!');
  await screen.waitFor(({ alternate }) => !alternate);
  screen.type('stty -a | tr " " "\\n" | grep icanon; echo in $PWD\r');
  await screen.waitFor(/(?:^|[#$] )icanon$/m);
  await screen.waitFor(`in ${world.path('work')}`);
  screen.press('ctrl+d');
  await screen.waitFor(/▌ +↓ +api/);
  screen.press('j');
  await screen.waitFor(/▌ +↕ +billing/);
});

test('what ctrl+z suspends comes back whole', async ({ world }) => {
  const screen = await open(world);
  const before = screen.text();
  screen.mark();
  screen.press('ctrl+z');
  await screen.waitFor(({ output }) => output.includes('\x1b[?1049l') && output.includes('\x1b[?1049h'));
  await screen.idle();
  expect(screen.text()).toBe(before);
});

test('keys typed before the first picture are neither echoed nor lost', async ({ world }) => {
  const screen = await terminal(world, [process.execPath, program], { cols: 100, rows: 30 });
  await screen.waitFor(({ alternate }) => alternate);
  screen.type(':fetch');
  await screen.idle();
  expect(screen.text()).toMatch(/› fetch/);
  expect(screen.text()).toMatch(/▌ repo fetch/);
});
