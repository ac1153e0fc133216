import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import { createWorld, type World } from '../rig/home.ts';
import { test } from '../rig/test.ts';

const directory = (world: World) => world.path('home', '.cache', 'gantry', 'code');
/** The largest first: what V8 made of the file that every command needs. */
const kept = (world: World) =>
  readdirSync(directory(world))
    .map((name) => `${directory(world)}/${name}`)
    .toSorted((a, b) => statSync(b).size - statSync(a).size);
const tasks = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8').split('\n', 1)[0] ?? '').tasks as string[];

const setting = (world: World) => world.gantry(['config', 'get', 'undo.keepDays', '--json']);

describe('the code that V8 made of the program', () => {
  test('is kept by the first run of each kind and left as it is by the next', async ({ world }) => {
    await setting(world);
    const [file = '', ...others] = kept(world);
    const all = [file, ...others];
    expect(all.map(tasks)).toEqual(all.map(() => ['config get']));

    const first = readFileSync(file);
    await setting(world);
    expect(readFileSync(file).equals(first)).toBe(true);

    await world.gantry(['activity', 'list']);
    expect(tasks(file)).toEqual(['config get', 'activity list']);
    expect(others.map(tasks)).toEqual(others.map(() => ['config get']));
  });

  test.each([
    ['cut off', (file: string) => truncateSync(file, 100_000)],
    ['partly empty', (file: string) => writeFileSync(file, readFileSync(file).fill(0, 100_000, 108_192))],
    ['something else', (file: string) => writeFileSync(file, '{}\nno code')],
    ['empty', (file: string) => writeFileSync(file, '')],
  ])('is made anew where the file is %s', async (_, damage) => {
    await using world = await createWorld();
    await setting(world);
    const [file = ''] = kept(world);
    damage(file);
    expect(await setting(world)).toMatchObject({ code: 0, stderr: '' });
    expect(tasks(file)).toEqual(['config get']);
    expect(readFileSync(file).length).toBeGreaterThan(110_000);
  });

  test('is done without where nothing can be kept', async ({ world }) => {
    mkdirSync(dirname(directory(world)), { recursive: true });
    writeFileSync(directory(world), 'in the way');
    expect(await setting(world)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(directory(world), 'utf8')).toBe('in the way');
  });
});
