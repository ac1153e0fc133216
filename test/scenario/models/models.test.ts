import { createHash } from 'node:crypto';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { put, tinyGguf, tinySafetensors } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';
import { installWorkers } from '../../rig/workers/workers.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';

const TINYLLAMA = 'tinyllama/tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf';
const QWEN = 'qwen/qwen2.5-0.5b-instruct-q4_k_m.gguf';
const QWEN_FP16 = 'qwen/qwen2.5-0.5b-instruct-fp16.gguf';

/** A path in the model directory of the workspace. */
const at = (world: World, path: string) => world.path('work', '.test-models', path);

const dataOf = async <T>(world: World, ...words: string[]): Promise<T> =>
  (await world.gantry([...words, '--json'])).json<T>().data;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What a download wrote down of a file: the hub's own format. */
const putMetadata = (world: World, path: string, tag: string) => {
  const [dir = '', file = ''] = path.split('/');
  return put(
    at(world, `${dir}/.cache/huggingface/download/${file}.metadata`),
    `${'c'.repeat(40)}\n${tag}\n1.5\n`,
  );
};

type Verified = {
  files: { model: string; verdict: string; why: string | null; sha256: string; expectedBy: string }[];
};

const verify = async (world: World, ...words: string[]) => {
  const finished = await world.gantry(['models', 'verify', ...words, '--json']);
  return { code: finished.code, files: finished.json<Verified>().data.files };
};

describe('given models in the model directory of a workspace', () => {
  test('when they are listed, then each is there with its files, whether a catalog has it or not', async ({
    world,
  }) => {
    await createWorkspace(world, {});
    put(at(world, TINYLLAMA), tinyGguf());
    put(at(world, QWEN_FP16), tinyGguf({ missing: 1 }));
    put(at(world, QWEN), '');
    put(at(world, 'mine/model-00001-of-00002.safetensors'), tinySafetensors());
    put(at(world, 'mine/config.json'), '{}');
    put(at(world, 'loose.gguf'), tinyGguf());

    const { models } = await dataOf<{ models: { id: string; state: string; files: object[] }[] }>(
      world,
      ...['models', 'list'],
    );
    expect(models.map(({ id, state, files }) => [id, state, files.length])).toEqual([
      ['tinyllama', 'downloaded', 1],
      ['qwen', 'broken', 1],
      ['qwen-fp16', 'broken', 1],
      ['loose.gguf', 'downloaded', 1],
      ['mine', 'downloaded', 2],
    ]);
    const catalog = await dataOf<{ models: { id: string; state: string }[] }>(world, 'models', 'catalog');
    expect(catalog.models.map(({ id, state }) => [id, state]).slice(0, 4)).toEqual([
      ['tinyllama', 'downloaded'],
      ['qwen', 'broken'],
      ['qwen-fp16', 'broken'],
      ['phi3', 'absent'],
    ]);
    const usage = await dataOf<{ total: number; other: number }>(world, 'models', 'usage');
    expect(usage).toMatchObject({ other: 0 });
  });

  test('when one is looked into, then its own header stands beside what the catalog says', async ({
    world,
  }) => {
    await createWorkspace(world, {});
    put(at(world, TINYLLAMA), tinyGguf({ fileType: 2 }));
    put(at(world, 'tinyllama/config.json'), '{"model_type":"llama"}');
    const info = await dataOf<object>(world, 'models', 'info', 'tinyllama');
    expect(info).toMatchObject({
      model: { id: 'tinyllama', params: '1.1B', quantisation: 'Q4_0', source: 'shipped' },
      url: 'https://huggingface.co/TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF',
      header: { architecture: 'llama', contextLength: 2_048, parameters: 64, tensors: 2 },
      differences: [
        'it has 704 B, and the catalog says 669 MB',
        'it has 64 parameters, and the catalog says 1.1B',
        'it is in Q4_0, and its name says Q4_K_M',
      ],
      config: { model_type: 'llama' },
    });
  });

  test('when nothing says where models are, then the catalog is shown, and all else says what to set', async ({
    world,
  }) => {
    const catalog = await dataOf<{ models: { state: string }[] }>(world, 'models', 'catalog');
    expect(new Set(catalog.models.map(({ state }) => state))).toEqual(new Set(['absent']));
    const { error } = (await world.gantry(['models', 'list', '--json'])).json();
    expect(error).toMatchObject({
      code: 'models-nowhere',
      next: [expect.stringContaining('config set'), expect.any(String)],
    });
  });
});

describe('given a model', () => {
  test('when it is verified, then its SHA-256 is compared with whoever knows it', async ({ world }) => {
    await createWorkspace(world, {});
    const bytes = tinyGguf();
    const file = put(at(world, TINYLLAMA), bytes);
    utimesSync(file, 1_000, 1_000);

    const first = await verify(world, 'tinyllama');
    expect(first).toMatchObject({
      code: 0,
      files: [{ verdict: 'whole', sha256: sha256(bytes), expectedBy: null }],
    });
    expect(await verify(world)).toMatchObject({
      code: 0,
      files: [{ verdict: 'verified', expectedBy: 'earlier' }],
    });

    // One byte rots, and nothing but its content tells.
    const rotten = Buffer.from(bytes);
    rotten[rotten.length - 1] = 99;
    writeFileSync(file, rotten);
    utimesSync(file, 1_000, 1_000);
    expect(await verify(world, 'tinyllama')).toMatchObject({
      code: 1,
      files: [{ verdict: 'broken', expectedBy: 'earlier', why: expect.stringContaining(sha256(rotten)) }],
    });

    putMetadata(world, TINYLLAMA, sha256(rotten));
    expect(await verify(world, 'tinyllama')).toMatchObject({ code: 0, files: [{ expectedBy: 'hub' }] });
    const info = await dataOf<{ verifications: object[]; model: object }>(
      world,
      'models',
      'info',
      'tinyllama',
    );
    expect(info.verifications).toHaveLength(4);
    expect(info.model).toMatchObject({ checksum: 'verified', state: 'downloaded' });
  });

  test('when it is empty, short, missing or another, then verifying says so and fails', async ({ world }) => {
    await createWorkspace(world, {});
    put(at(world, TINYLLAMA), '');
    put(at(world, QWEN), tinyGguf({ missing: 1 }));
    put(at(world, QWEN_FP16), tinyGguf());
    putMetadata(world, QWEN_FP16, 'f'.repeat(64));
    const { code, files } = await verify(world, 'tinyllama', 'qwen', 'qwen-fp16', 'phi3');
    expect(code).toBe(1);
    expect(files.map(({ model, verdict, why }) => [model, verdict, why])).toEqual([
      ['phi3', 'absent', 'phi3 is not on this machine.'],
      ['tinyllama', 'broken', 'it is empty'],
      ['qwen', 'broken', 'it has 703 bytes, and its header tells of 704'],
      ['qwen-fp16', 'broken', expect.stringContaining(`and not ${'f'.repeat(64)} as the hub said`)],
    ]);
  });

  test('when it is looked at quickly, then only what its header tells is', async ({ world }) => {
    await createWorkspace(world, {});
    put(at(world, TINYLLAMA), tinyGguf());
    expect(await verify(world, '--quick')).toMatchObject({
      code: 0,
      files: [{ verdict: 'whole', sha256: null }],
    });
  });
});

describe('given two models that share a directory', () => {
  test('when one is deleted, then the other keeps all that it has', async ({ world }) => {
    await createWorkspace(world, {});
    put(at(world, QWEN), tinyGguf());
    put(at(world, QWEN_FP16), tinyGguf());
    putMetadata(world, QWEN, 'a'.repeat(64));
    const kept = putMetadata(world, QWEN_FP16, 'b'.repeat(64));
    put(at(world, 'qwen/config.json'), '{}');

    expect((await world.gantry(['models', 'delete', 'qwen'])).code).toBe(9);
    expect(existsSync(at(world, QWEN))).toBe(true);
    await succeed(world, ['models', 'delete', 'qwen', '--yes']);
    expect(existsSync(at(world, QWEN))).toBe(false);
    expect(existsSync(at(world, QWEN_FP16))).toBe(true);
    expect(existsSync(kept)).toBe(true);
    expect(readdirSync(at(world, 'qwen')).toSorted()).toEqual([
      '.cache',
      'config.json',
      'qwen2.5-0.5b-instruct-fp16.gguf',
    ]);

    put(at(world, 'qwen/notes.txt'), 'Mine.');
    await succeed(world, ['models', 'delete', 'qwen-fp16', '--yes']);
    expect(readdirSync(at(world, 'qwen'))).toEqual(['notes.txt']);
  });

  test('when both are deleted at once, then nothing of them stays', async ({ world }) => {
    await createWorkspace(world, {});
    for (const path of [QWEN, QWEN_FP16, 'qwen/config.json']) put(at(world, path), tinyGguf());
    await succeed(world, ['models', 'delete', 'qwen', 'qwen-fp16', '--yes']);
    expect(existsSync(at(world, 'qwen'))).toBe(false);
  });
});

describe('given a model that a worker serves', () => {
  test('when it is deleted, then it is refused, and the worker is named', async ({ world }) => {
    await createWorkspace(world, {});
    await installWorkers(world, 'llorch-cpu-candled');
    put(at(world, TINYLLAMA), tinyGguf());
    await succeed(world, ['worker', 'spawn', 'cpu', '--model', 'tinyllama']);
    const { error } = (await world.gantry(['models', 'delete', 'tinyllama', '--yes', '--json'])).json();
    expect(error).toMatchObject({ code: 'model-in-use', next: ['gantry worker stop worker-cpu-0'] });
    const { model } = await dataOf<{ model: object }>(world, 'models', 'info', 'tinyllama');
    expect(model).toMatchObject({ workers: ['worker-cpu-0'] });
    await succeed(world, ['worker', 'stop', 'worker-cpu-0']);
    await succeed(world, ['models', 'delete', 'tinyllama', '--yes']);
    expect(existsSync(at(world, 'tinyllama'))).toBe(false);
  });
});
