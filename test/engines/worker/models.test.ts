import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { findModel } from '#engines/worker/model/find.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const put = async (world: World, path: string, text = 'GGUF') => {
  const file = world.path('work', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
};

const find = (world: World, name: string, kind: 'file' | 'name' | 'either' = 'file') =>
  findModel(name, kind, testContext(world, { workspace: world.path('work') }));

const failureFor = (world: World, name: string) => {
  try {
    find(world, name);
  } catch (thrown) {
    return failureOf(thrown);
  }
  return undefined;
};

describe('a model', () => {
  test('is a path of the caller', async ({ world }) => {
    const file = await put(world, 'mine/a b.gguf', '12345');
    expect(find(world, 'mine/a b.gguf')).toEqual({ name: 'mine/a b.gguf', value: file, size: 5 });
    expect(find(world, './mine').value).toBe(dirname(file));
  });

  test('is the one file in the directory of its name, beside a repo that has the same', async ({ world }) => {
    await put(world, 'tinyllama/README.md');
    const file = await put(world, '.test-models/tinyllama/tiny.Q4.gguf');
    await put(world, '.test-models/tinyllama/notes.txt');
    expect(find(world, 'tinyllama').value).toBe(file);
  });

  test('is its directory where its configuration is there as well, with all its weights', async ({
    world,
  }) => {
    const config = await put(world, '.test-models/qwen/config.json', '{}');
    await put(world, '.test-models/qwen/model-1.safetensors', '123');
    await put(world, '.test-models/qwen/model-2.safetensors', '456');
    expect(find(world, 'qwen')).toEqual({ name: 'qwen', value: dirname(config), size: 6 });
  });

  test('is the file that a catalog names, whichever directory that is in', async ({ world }) => {
    await put(world, '.test-models/qwen/qwen-q4.gguf');
    const half = await put(world, '.test-models/qwen/qwen-fp16.gguf');
    expect(failureFor(world, 'qwen')).toMatchObject({
      code: 'model-ambiguous',
      message: 'qwen has 2 files: qwen-fp16.gguf, qwen-q4.gguf.',
    });
    await put(world, 'catalog.toml', '[[models]]\nid = "qwen-fp16"\nfile = "qwen-fp16.gguf"\n');
    expect(find(world, 'qwen-fp16').value).toBe(half);
  });

  test('is a name where its program knows names, and a file where there is one', async ({ world }) => {
    const file = await put(world, '.test-models/tiny/tiny.gguf');
    expect(find(world, 'tiny', 'name')).toEqual({ name: 'tiny', value: 'tiny' });
    expect(find(world, 'tiny', 'either').value).toBe(file);
    expect(find(world, 'org/model', 'either').value).toBe('org/model');
  });

  test('that is not there is refused, with what is, and never looked for elsewhere', async ({ world }) => {
    await put(world, '.test-models/tinyllama/tiny.gguf');
    await put(world, 'elsewhere/x.gguf');
    for (const name of ['..', '.', '', 'elsewhere', '.test-models']) {
      expect(failureFor(world, name), name).toMatchObject({ code: 'model-missing' });
    }
    expect(failureFor(world, 'phi3')?.message).toContain('There are tinyllama.');
  });
});
