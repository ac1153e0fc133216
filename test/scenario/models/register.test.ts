import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { pathsFrom } from '#engines/core/paths.ts';
import { userCatalogFile } from '#engines/models/catalog/read.ts';
import type { World } from '../../rig/home.ts';
import { put, tinyGguf } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';
import { succeed } from '../succeed.ts';

const catalogOf = (world: World) => userCatalogFile({ paths: pathsFrom(world.env) });

const idsOf = async (world: World): Promise<string[]> => {
  const { data } = (await world.gantry(['models', 'catalog', '--json'])).json<{ models: { id: string }[] }>();
  return data.models.map(({ id }) => id).slice(10);
};

const errorOf = async (world: World, ...words: string[]) =>
  (await world.gantry([...words, '--json'])).json().error;

describe("given a user's catalog with words of their own in it", () => {
  const WORDS =
    '# Mine; leave it alone.\n[[models]]\nid = "kept" # for ever\nname = "Kept"\nrepo = "me/kept"\nfile = "kept.gguf"\nsize_bytes = 5\nverified = true\n';

  test('when a file of this machine is registered, and that is taken back, then all else is as it was', async ({
    world,
  }) => {
    put(catalogOf(world), WORDS);
    const file = put(world.path('home', 'big models', 'tiny.gguf'), tinyGguf());
    await succeed(world, ['models', 'register', 'tiny', file, '--description', 'For tests']);
    expect(await idsOf(world)).toEqual(['kept', 'tiny']);
    const text = readFileSync(catalogOf(world), 'utf8');
    expect(text.startsWith(WORDS)).toBe(true);
    expect(text).toContain(`dir = ${JSON.stringify(world.path('home', 'big models'))}`);
    const { data } = (await world.gantry(['models', 'info', 'tiny', '--json'])).json<{ model: object }>();
    expect(data.model).toMatchObject({
      state: 'downloaded',
      name: 'Tiny',
      params: '64',
      source: 'user',
      repo: null,
    });

    await succeed(world, ['undo']);
    expect(readFileSync(catalogOf(world), 'utf8')).toBe(WORDS);
  });

  test('when two models are one file, then neither is deleted without the other', async ({ world }) => {
    const file = put(world.path('home', 'tiny.gguf'), tinyGguf());
    for (const id of ['one', 'two']) await succeed(world, ['models', 'register', id, file]);
    expect(await errorOf(world, 'models', 'delete', 'one', '--yes')).toMatchObject({
      code: 'model-in-use',
      next: ['gantry models delete one two', 'gantry models unregister one'],
    });
    await succeed(world, ['models', 'delete', 'one', 'two', '--yes']);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  test('when a model is no longer listed, then its files and all other words stay', async ({ world }) => {
    put(catalogOf(world), WORDS);
    const file = put(world.path('home', 'tiny.gguf'), tinyGguf());
    await succeed(world, ['models', 'register', 'tiny', file]);
    await succeed(world, ['models', 'unregister', 'tiny']);
    expect(readFileSync(catalogOf(world), 'utf8').trimEnd()).toBe(WORDS.trimEnd());
    expect(readFileSync(file)).toEqual(tinyGguf());
    expect(await errorOf(world, 'models', 'unregister', 'tinyllama')).toMatchObject({
      code: 'model-unregistered',
    });
  });
});

describe('given nothing in the catalog of the user', () => {
  test('when a file of the Hub is registered, then it is listed as nobody has seen it', async ({ world }) => {
    const hub = ['models', 'register', 'smol', 'owner/smol-GGUF', '--file', 'smol.gguf', '--size', '7'];
    await succeed(world, hub);
    const { data } = (await world.gantry(['models', 'catalog', '--json'])).json<{ models: object[] }>();
    expect(data.models.at(-1)).toMatchObject({
      id: 'smol',
      verified: false,
      repo: 'owner/smol-GGUF',
      state: 'absent',
    });
    expect(await errorOf(world, ...hub)).toMatchObject({ code: 'model-exists' });
    await succeed(world, [...hub.slice(0, -1), '8', '--force']);
    expect(await idsOf(world)).toEqual(['smol']);
  });

  test.for([
    ['what is neither here nor there', ['nowhere'], 'model-source'],
    ['a repository without a file', ['owner/name'], 'model-source'],
    ['a way out of the model directory', ['owner/name', '--file', '../../x', '--size', '5'], 'model-source'],
    ['an id that is an option of others', ['owner/name', '--file', '-x', '--size', '5'], 'model-source'],
  ] as const)(
    'when %s is registered, then it is refused and nothing is written',
    async ([, words, code], { world }) => {
      expect(await errorOf(world, 'models', 'register', 'mine', ...words)).toMatchObject({ code });
      expect(() => readFileSync(catalogOf(world))).toThrow('ENOENT');
    },
  );
});
