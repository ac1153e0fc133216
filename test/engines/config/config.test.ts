import { statSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { readSettings } from '#engines/config/read.ts';
import { KEYS, SETTINGS, settingOf, variableOf } from '#engines/config/settings.ts';
import type { SettingRow } from '#engines/config/types.ts';
import { testContext } from '../../rig/context.ts';
import { createWorld, type World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createStage, writeText } from '../workspace/stage.ts';

const userFile = (world: World) => world.path('home', '.config', 'gantry', 'config.json');
const manifest = (world: World) => world.path('work', '.gantry', 'workspace.toml');
const withSettings = (lines: string) => `[workspace]\nname = "w"\n\n[settings]\n${lines}\n`;

const PERSON = { actor: 'human' } as const;

describe('the settings', () => {
  test('each default is allowed, and each has a variable of its own', () => {
    for (const key of KEYS) expect(SETTINGS[key].schema.safeParse(SETTINGS[key].fallback).success).toBe(true);
    expect(new Set(KEYS.map(variableOf)).size).toBe(KEYS.length);
    expect(variableOf('undo.keepDays')).toBe('GANTRY_UNDO_KEEP_DAYS');
  });

  test('the environment goes before the workspace, that before the user, and that before the default', async ({
    world,
  }) => {
    const get = async (env: Record<string, string> = {}) => {
      const context = testContext(world, { workspace: world.path('work'), env: { ...world.env, ...env } });
      return (await readSettings(context))['fetch.interval'];
    };
    await writeText(manifest(world), '[workspace]\nname = "w"\n');
    expect(await get()).toBe(0);
    await writeText(userFile(world), '{ "fetch.interval": 2 }');
    expect(await get()).toBe(2);
    await writeText(manifest(world), withSettings('fetch.interval = 3'));
    expect(await get()).toBe(3);
    expect(await get({ GANTRY_FETCH_INTERVAL: '4' })).toBe(4);
  });

  test('each value is shown with where it comes from', async ({ world }) => {
    await using other = await createWorld({ env: { GANTRY_LOG_LEVEL: 'debug' } });
    await writeText(userFile(other), '{ "undo": { "keepDays": 3 } }');
    await writeText(manifest(other), withSettings('"fetch.interval" = 5'));
    const { settings } = await createStage(other).data<{ settings: SettingRow[] }>('config.show');
    const rows = Object.fromEntries(settings.map((row) => [row.key, row]));

    expect(rows['log.level']).toMatchObject({
      value: 'debug',
      origin: 'environment',
      source: 'GANTRY_LOG_LEVEL',
    });
    expect(rows['undo.keepDays']).toMatchObject({
      value: 3,
      origin: 'user',
      source: userFile(other),
      default: 30,
    });
    expect(rows['fetch.interval']).toMatchObject({ value: 5, origin: 'workspace', source: manifest(other) });
    expect(rows['screen.icons']).toMatchObject({ origin: 'default', allowed: ['ascii', 'unicode', 'nerd'] });
    expect(await createStage(world).data('config.get', { key: 'undo.keepDays' })).toMatchObject({
      value: 30,
    });
  });

  test('a workspace can not name a program that is run, nor set what is a matter of the person', async ({
    world,
  }) => {
    const stage = createStage(world);
    await writeText(manifest(world), withSettings('editor = "evil"\nundo.keepDays = 1'));
    expect(await stage.data('config.get', { key: 'editor' })).toMatchObject({ value: '', origin: 'default' });
    expect(await stage.data('config.show')).toMatchObject({
      ignored: [
        { key: 'editor', reason: 'a workspace can not set it' },
        { key: 'undo.keepDays', reason: 'a workspace can not set it' },
      ],
    });
    expect(
      await stage.failure('config.set', { key: 'editor', value: 'evil', scope: 'workspace' }),
    ).toMatchObject({
      code: 'setting-personal',
    });
  });

  test('what is no setting is named with the nearest one, and has no effect', async ({ world }) => {
    const stage = createStage(world);
    await writeText(userFile(world), '{ "undo.keepDay": 3 }');
    expect(await stage.data('config.show')).toMatchObject({
      ignored: [
        { key: 'undo.keepDay', file: userFile(world), reason: expect.stringContaining('undo.keepDays') },
      ],
    });
    expect(await stage.failure('config.get', { key: 'undo.keepday' })).toMatchObject({
      code: 'setting-unknown',
      exit: 'usage',
      details: { nearest: 'undo.keepDays' },
    });
  });
});

describe('setting and unsetting', () => {
  test('for the user: the value is kept, others stay, undo brings back what was', async ({ world }) => {
    const stage = createStage(world);
    await writeText(userFile(world), '{ "screen.icons": "ascii", "theirs": { "x": 1 } }');
    const { activity } = await stage.receipt('config.set', { key: 'undo.keepDays', value: '14' });

    expect(JSON.parse(await readFile(userFile(world), 'utf8'))).toEqual({
      'screen.icons': 'ascii',
      'undo.keepDays': 14,
      theirs: { x: 1 },
    });
    expect(statSync(userFile(world)).mode & 0o077).toBe(0);

    await stage.receipt('undo', { id: activity });
    expect(await stage.data('config.get', { key: 'undo.keepDays' })).toMatchObject({
      value: 30,
      origin: 'default',
    });
    expect(await stage.data('config.get', { key: 'screen.icons' })).toMatchObject({ value: 'ascii' });
  });

  test('a key that is nested in the file is replaced, not written twice', async ({ world }) => {
    const stage = createStage(world);
    await writeText(userFile(world), '{ "undo": { "keepDays": 3, "keepMegabytes": 9 } }');
    await stage.receipt('config.set', { key: 'undo.keepDays', value: '14' });
    await stage.receipt('config.unset', { key: 'undo.keepDays' });
    expect(await stage.data('config.get', { key: 'undo.keepDays' })).toMatchObject({ origin: 'default' });
    expect(await stage.data('config.get', { key: 'undo.keepMegabytes' })).toMatchObject({ value: 9 });
  });

  test('what is on or off goes by true and false, in the shell as in the file', async ({ world }) => {
    const stage = createStage(world);
    await stage.receipt('config.set', { key: 'pool.enabled', value: 'true' });
    expect(JSON.parse(await readFile(userFile(world), 'utf8'))).toEqual({ 'pool.enabled': true });
    expect(await stage.data('config.get', { key: 'pool.enabled' })).toMatchObject({
      value: true,
      allowed: ['true', 'false'],
    });
  });

  test('for the workspace: one line of the manifest changes', async ({ world }) => {
    const stage = createStage(world);
    const before = '# Ours\n[workspace]\nname = "w" # the name\n';
    await writeText(manifest(world), before);
    await stage.receipt('config.set', { key: 'fetch.interval', value: '5', scope: 'workspace' });
    expect(await readFile(manifest(world), 'utf8')).toBe(`${before}\n[settings]\nfetch.interval = 5\n`);
    await stage.receipt('config.set', { key: 'fetch.interval', value: '6', scope: 'workspace' });
    const { activity } = await stage.receipt('config.unset', { key: 'fetch.interval', scope: 'workspace' });
    expect(await readFile(manifest(world), 'utf8')).toBe(`${before}\n[settings]\n`);
    await stage.receipt('undo', { id: activity });
    expect(await stage.data('config.get', { key: 'fetch.interval' })).toMatchObject({
      value: 6,
      origin: 'workspace',
    });
  });

  test('what is so already needs no step', async ({ world }) => {
    const stage = createStage(world);
    await stage.receipt('config.set', { key: 'log.level', value: 'warn' });
    expect(await stage.plan('config.set', { key: 'log.level', value: 'warn' })).toMatchObject({ steps: [] });
    expect(await stage.plan('config.unset', { key: 'editor' }, PERSON)).toMatchObject({ steps: [] });
  });

  test.for([
    ['undo.keepDays', 'many'],
    ['undo.keepDays', '0'],
    ['undo.keepDays', '1.5'],
    ['screen.icons', 'emoji'],
    ['log.level', ''],
    ['pool.enabled', 'yes'],
  ] as const)('%s can not be %s', async ([key, value], { world }) => {
    const failure = await createStage(world).failure('config.set', { key, value });
    expect(failure).toMatchObject({ code: 'setting-invalid', exit: 'usage' });
    expect(failure.message).toContain(key);
  });

  test('two at once lose neither', async ({ world }) => {
    const stage = createStage(world);
    await Promise.all([
      stage.receipt('config.set', { key: 'undo.keepDays', value: '14' }),
      stage.receipt('config.set', { key: 'screen.icons', value: 'nerd' }),
      stage.receipt('config.set', { key: 'editor', value: 'vi' }, PERSON),
    ]);
    expect(JSON.parse(await readFile(userFile(world), 'utf8'))).toEqual({
      'undo.keepDays': 14,
      'screen.icons': 'nerd',
      editor: 'vi',
    });
  });
});

describe('a setting that is run as a command', () => {
  test.for(['agent', 'script', 'loop', 'schedule'] as const)(
    'is not set, unset or brought back by an actor that is no person: %s',
    async (actor, { world }) => {
      const stage = createStage(world);
      await stage.receipt('config.set', { key: 'editor', value: 'vi' }, PERSON);
      const denied = { code: 'setting-needs-person', exit: 'denied' };

      expect(await stage.failure('config.set', { key: 'editor', value: 'rm' }, { actor })).toMatchObject(
        denied,
      );
      expect(await stage.failure('config.unset', { key: 'editor' }, { actor })).toMatchObject(denied);
      const undone = await stage.receipt('undo', {}, { actor });
      expect(undone.steps).toMatchObject([{ status: 'failed', failure: denied }]);
      expect(await stage.data('config.get', { key: 'editor' })).toMatchObject({ value: 'vi' });
    },
  );

  test('is never one that a workspace brings', () => {
    const commands = KEYS.map(settingOf).filter(({ command }) => command);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter(({ personal }) => !personal)).toEqual([]);
  });
});

describe('files that are broken', () => {
  test.for([
    ['{\n  "undo.keepDays": 3,\n  oops\n}\n', 3, 3],
    ['{\n  "undo.keepDays": 3', 2, 21],
    ['[1, 2]', 1, 1],
    ['{\n  "log.level": "warn",\n  "undo.keepDays": "three"\n}', 3, 3],
    ['{\n  "undo": {\n    "keepDays": 0\n  }\n}', 3, 5],
  ] as const)(
    'given %j, the failure names line and column, and the file stays',
    async ([text, line, column], { world }) => {
      const stage = createStage(world);
      await writeText(userFile(world), text);
      const broken = { code: 'settings-broken', details: { file: userFile(world), line, column } };
      expect(await stage.failure('config.show')).toMatchObject(broken);
      expect(await stage.failure('config.set', { key: 'editor', value: 'vi' }, PERSON)).toMatchObject(broken);
      expect(await readFile(userFile(world), 'utf8')).toBe(text);
      expect(await stage.data('config.path')).toMatchObject({ file: userFile(world), exists: true });
    },
  );

  test('given a place where nothing can be written, the failure says so', async ({ world }) => {
    const stage = createStage(world);
    await mkdir(world.path('home', '.config'), { recursive: true });
    await symlink('/proc/self', world.path('home', '.config', 'gantry'));
    const receipt = await stage.receipt('config.set', { key: 'editor', value: 'vi' }, PERSON);
    expect(receipt.steps).toMatchObject([{ status: 'failed', failure: { code: 'settings-unwritable' } }]);
  });

  test('a setting of the workspace that is not allowed is named with its place', async ({ world }) => {
    await writeText(manifest(world), withSettings('\nfetch.interval = "often"'));
    expect(await createStage(world).failure('config.show')).toMatchObject({
      code: 'settings-broken',
      details: { file: manifest(world), line: 6, column: 1 },
    });
  });

  test('a variable that is not allowed is named', async () => {
    await using world = await createWorld({ env: { GANTRY_SCREEN_ICONS: 'emoji' } });
    const failure = await createStage(world).failure('config.show');
    expect(failure).toMatchObject({ code: 'setting-invalid' });
    expect(failure.message).toContain('GANTRY_SCREEN_ICONS');
  });
});

test('the file to edit is named with the editor that goes with it', async ({ world }) => {
  const stage = createStage(world);
  expect(await stage.data('config.path')).toEqual({ file: userFile(world), exists: false, editor: 'vi' });
  await stage.receipt('config.set', { key: 'editor', value: 'nano -w' }, PERSON);
  expect(await stage.data('config.path')).toEqual({ file: userFile(world), exists: true, editor: 'nano -w' });
  expect(await stage.failure('config.path', { scope: 'workspace' })).toMatchObject({
    code: 'workspace-missing',
  });
  await writeText(manifest(world), 'broken');
  expect(await stage.data('config.path', { scope: 'workspace' })).toMatchObject({ file: manifest(world) });
});
