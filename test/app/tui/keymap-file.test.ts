import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { readKeys } from '#app/tui/keys.ts';
import { readScreenSettings } from '#app/tui/settings.ts';
import { pathsFrom } from '#engines/core/paths.ts';

const test = base.extend<{ config: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern which fixtures this one needs.
  config: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'gantry-config-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

const pathsAt = (config: string) => ({ ...pathsFrom({ HOME: config }), config });

describe('keymap.toml', () => {
  test('lays a person’s own keys over the keymap', async ({ config }) => {
    writeFileSync(join(config, 'keymap.toml'), 'repo.fetch = "F"\n\n[move]\ndown = false\n');
    const { keymap, problems } = await readKeys(pathsAt(config), 'default');
    expect(problems).toEqual([]);
    expect(keymap.keyFor('repo.fetch')).toBe('F');
    expect(keymap.keyFor('move.down')).toBe('');
  });

  test('tells where it is wrong, and the rest of it holds', async ({ config }) => {
    const file = join(config, 'keymap.toml');
    writeFileSync(file, '# mine\nrepo.fetch = "F"\nrepo.fetsh = "x"\n[move]\n  down = "ctrl+i"\n');
    const { keymap, problems } = await readKeys(pathsAt(config), 'default');
    expect(problems).toEqual([
      `${file}:3:1: there is no action or move \`repo.fetsh\`; did you mean \`repo.fetch\`?`,
      `${file}:5:3: \`ctrl+i\`: terminals send ctrl+i as tab: write that`,
    ]);
    expect(keymap.keyFor('repo.fetch')).toBe('F');
    expect(keymap.keyFor('move.down')).toBe('j');
  });

  test('that is no TOML leaves the keymap as it is', async ({ config }) => {
    const file = join(config, 'keymap.toml');
    writeFileSync(file, 'repo.fetch = \n');
    const { keymap, problems } = await readKeys(pathsAt(config), 'strict');
    expect(problems).toEqual([expect.stringContaining(`${file}:1:`)]);
    expect(keymap.keyFor('repo.fetch')).toBe(', f');
  });
});

describe('the screen’s settings', () => {
  test('come from the environment, then from the person’s file', ({ config }) => {
    const file = { screen: { icons: 'nerd', keymap: 'strict', maxFps: 10 } };
    writeFileSync(join(config, 'config.json'), JSON.stringify(file));
    const settings = readScreenSettings(pathsAt(config), { GANTRY_SCREEN_ICONS: 'ascii' });
    expect(settings).toEqual({ icons: 'ascii', keymap: 'strict', maxFps: 10, colour: 'auto' });
  });

  test('are the defaults where what is told is not allowed', ({ config }) => {
    writeFileSync(join(config, 'config.json'), '{"screen": {"maxFps": 9000, "colour": "pink"}');
    expect(readScreenSettings(pathsAt(config), { GANTRY_SCREEN_MAX_FPS: 'fast' })).toEqual({
      icons: undefined,
      keymap: 'default',
      maxFps: 30,
      colour: 'auto',
    });
  });
});
