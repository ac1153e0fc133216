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

  test('is the file that a catalog names, in the directory that it names', async ({ world }) => {
    await put(world, '.test-models/mine/mine-q4.gguf');
    const half = await put(world, '.test-models/mine/mine-fp16.gguf');
    expect(failureFor(world, 'mine')).toMatchObject({
      code: 'model-ambiguous',
      message: 'mine has 2 files: mine-fp16.gguf, mine-q4.gguf.',
    });
    const entry = [
      ...['[[models]]', 'id = "mine-fp16"', 'name = "Mine"', 'repo = "me/mine"', 'dir = "mine"'],
      ...['file = "mine-fp16.gguf"', 'size_bytes = 4', 'verified = true', ''],
    ];
    await put(world, 'catalog.toml', entry.join('\n'));
    expect(find(world, 'mine-fp16').value).toBe(half);
    expect(find(world, 'mine').value).toMatch(/mine-q4\.gguf$/);
  });

  test('of the shipped catalog is its own file, and never that of one beside it', async ({ world }) => {
    const half = await put(world, '.test-models/qwen/qwen2.5-0.5b-instruct-fp16.gguf');
    expect(find(world, 'qwen-fp16').value).toBe(half);
    expect(failureFor(world, 'qwen')).toMatchObject({ code: 'model-missing' });
  });

  test('is any other file in the model directory by its path there', async ({ world }) => {
    const loose = await put(world, '.test-models/loose.gguf');
    const other = await put(world, '.test-models/owner/mine/mine-q4.gguf');
    expect(find(world, 'loose.gguf').value).toBe(loose);
    expect(find(world, 'owner/mine').value).toBe(other);
  });

  test('is a name where its program knows names, and a file where there is one', async ({ world }) => {
    const file = await put(world, '.test-models/tiny/tiny.gguf');
    expect(find(world, 'tiny', 'name')).toEqual({ name: 'tiny', value: 'tiny' });
    expect(find(world, 'tiny', 'either').value).toBe(file);
    expect(find(world, 'org/model', 'either').value).toBe('org/model');
  });

  test('that is not there is refused, with what is, and never looked for elsewhere', async ({ world }) => {
    await put(world, '.test-models/mine/tiny.gguf');
    await put(world, 'elsewhere/x.gguf');
    for (const name of ['..', '.', '', 'elsewhere', '.test-models']) {
      expect(failureFor(world, name), name).toMatchObject({ code: 'model-missing' });
    }
    expect(failureFor(world, 'phi3')?.message).toContain('There are mine.');
  });
});
