import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { readHostSettings, readScreenSettings } from '#engines/config/early.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, writeText } from '../workspace/stage.ts';

const userFile = (world: World) => world.path('home', '.config', 'gantry', 'config.json');
const early = (world: World, env: Record<string, string> = {}) => ({
  paths: pathsFrom(world.env),
  env: { ...world.env, ...env },
});

describe('the settings of the first frame', () => {
  test('are the defaults where nothing is set', ({ world }) => {
    expect(readScreenSettings(early(world))).toEqual({
      'screen.keymap': 'default',
      'screen.colour': 'auto',
      'screen.icons': 'unicode',
      'screen.maxFps': 30,
    });
  });

  test('come from the file, nested or with dots, and the environment goes before it', async ({ world }) => {
    await writeText(userFile(world), '{ "screen": { "keymap": "strict" }, "screen.maxFps": 10 }');
    expect(readScreenSettings(early(world, { GANTRY_SCREEN_MAX_FPS: '5' }))).toMatchObject({
      'screen.keymap': 'strict',
      'screen.maxFps': 5,
    });
  });

  test('a value that is not allowed gives way to the next weaker one', async ({ world }) => {
    await writeText(userFile(world), '{ "screen.keymap": "emacs", "screen.icons": "ascii" }');
    expect(readScreenSettings(early(world, { GANTRY_SCREEN_ICONS: 'emoji' }))).toMatchObject({
      'screen.keymap': 'default',
      'screen.icons': 'ascii',
    });
  });

  test('a file that can not be read leaves them at their defaults', async ({ world }) => {
    await writeText(userFile(world), '{ "screen": ');
    expect(readScreenSettings(early(world))).toMatchObject({ 'screen.keymap': 'default' });
    expect(readHostSettings(early(world))).toEqual({ 'git.concurrency': 0 });
  });
});

describe('git.concurrency', () => {
  test('bounds how many gits run at once, in shells and alone', async ({ world }) => {
    const log = world.path('gits');
    const git = (await world.run('sh', ['-c', 'command -v git'])).stdout.trim();
    await writeText(
      world.path('bin', 'git'),
      `#!/bin/sh\necho begin >>'${log}'\n'${git}' "$@"; code=$?\necho end >>'${log}'\nexit $code\n`,
    );
    await chmod(world.path('bin', 'git'), 0o755);
    await createWorkspace(world, { api: 'clean', web: 'behind', site: 'clean', docs: 'clean' });
    await writeText(userFile(world), '{ "git.concurrency": 1 }');
    world.env.PATH = `${world.path('bin')}:${world.env.PATH}`;
    const stage = createStage(world);

    await stage.data('repo.status');
    await stage.data('repo.log', { repo: 'api' });

    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter((line, index) => line !== (index % 2 === 0 ? 'begin' : 'end'))).toEqual([]);
  });
});
