import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { converterOf, installConverter, put, tinyGguf } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { asPerson } from '../person.ts';
import { daemonOf, killDaemon, marked } from '../processes/house.ts';
import { succeed } from '../succeed.ts';
import { stageModels } from './stage.ts';

const at = (world: World, path: string) => world.path('work', '.test-models', 'gpt2', path);

/** A workspace with the PyTorch files of gpt2, and a converter that a person has told. */
const place = async (world: World) => {
  await createWorkspace(world, {});
  installConverter(world);
  put(at(world, 'pytorch/model.safetensors'), 'of PyTorch');
};

const errorOf = async (world: World, ...words: string[]) =>
  (await world.gantry([...words, '--json'])).json().error;

describe('given the PyTorch files of a model that is converted', () => {
  test('when it is converted, then its file is there, whole, and its log tells how', async ({ world }) => {
    await place(world);
    await succeed(world, ['models', 'convert', 'gpt2', '--keep-inputs']);
    expect(readFileSync(at(world, 'gpt2-fp32.gguf'))).toEqual(tinyGguf({ architecture: 'gpt2' }));
    expect(existsSync(at(world, 'pytorch/model.safetensors'))).toBe(true);
    const { stdout } = await succeed(world, ['process', 'logs', 'convert-gpt2']);
    expect(stdout).toContain(`exported to ${at(world, 'gpt2-fp32.gguf')}.partial`);

    await succeed(world, ['models', 'convert', 'gpt2', '--force']);
    expect(existsSync(at(world, 'pytorch'))).toBe(false);
    // It is made, and what it was made from is no longer missed.
    await succeed(world, ['models', 'convert', 'gpt2']);
  });

  test('when the converter fails, then it says why, and nothing is lost', async ({ world }) => {
    await place(world);
    put(join(dirname(converterOf(world)), 'fails'), '');
    const error = await errorOf(world, 'models', 'convert', 'gpt2');
    expect(error).toMatchObject({
      code: 'conversion-failed',
      next: ['gantry process logs convert-gpt2', expect.any(String)],
    });
    expect(error?.message).toContain('Architecture is not supported');
    expect(existsSync(at(world, 'pytorch/model.safetensors'))).toBe(true);
    expect(existsSync(at(world, 'gpt2-fp32.gguf'))).toBe(false);
  });

  test('when what is made is shorter than its header tells, then it never gets its name', async ({
    world,
  }) => {
    await place(world);
    put(join(dirname(converterOf(world)), 'cuts'), '');
    expect(await errorOf(world, 'models', 'convert', 'gpt2')).toMatchObject({ code: 'conversion-failed' });
    expect(existsSync(at(world, 'gpt2-fp32.gguf'))).toBe(false);
    const { data } = (await world.gantry(['models', 'info', 'gpt2', '--json'])).json<{ model: object }>();
    expect(data.model).toMatchObject({ state: 'partial' });
  });

  test('when the daemon is killed in the midst, then it goes on, and is taken up where it is', async ({
    world,
  }) => {
    await place(world);
    const waits = put(join(dirname(converterOf(world)), 'waits'), '');
    const first = world.gantry(['models', 'convert', 'gpt2']);
    const pids = () => marked(world).get('convert-gpt2') ?? [];
    await until(() => pids().length > 0, { what: 'the converter' });
    const [pid] = pids();
    await killDaemon(world);
    expect((await first).code).not.toBe(0);

    const second = world.gantry(['models', 'convert', 'gpt2']);
    await until(async () => (await daemonOf(world)) !== undefined, { what: 'another daemon' });
    expect(pids()).toEqual([pid]);
    await rm(waits);
    expect(await second).toMatchObject({ code: 0 });
    expect(readFileSync(at(world, 'gpt2-fp32.gguf'))).toEqual(tinyGguf({ architecture: 'gpt2' }));
    expect(existsSync(at(world, 'pytorch'))).toBe(false);
  });

  test('when there is no converter, then one error says how to get it', async ({ world }) => {
    await place(world);
    world.env.GANTRY_MODELS_CONVERTER = world.path('home', 'nowhere.py');
    expect(await errorOf(world, 'models', 'convert', 'gpt2')).toMatchObject({
      code: 'converter-missing',
      next: expect.arrayContaining([expect.stringContaining('git clone')]),
    });
  });

  test('when the workspace brings the converter then it runs once a person trusts that', async ({
    world,
  }) => {
    await place(world);
    delete world.env.GANTRY_MODELS_CONVERTER;
    put(world.path('work', 'reference/llama.cpp/convert_hf_to_gguf.py'), '');
    expect(await errorOf(world, 'models', 'convert', 'gpt2')).toMatchObject({ code: 'converter-untrusted' });
    const manifest = world.path('work', '.gantry', 'workspace.toml');
    put(manifest, `${readFileSync(manifest, 'utf8')}\n[worktree]\nrun_cmd = "true"\n`);
    expect(await errorOf(world, 'models', 'convert', 'gpt2')).toMatchObject({ code: 'workspace-untrusted' });
    expect(existsSync(at(world, 'gpt2-fp32.gguf'))).toBe(false);

    await asPerson(world, 'workspace', 'trust', '--yes');
    await succeed(world, ['models', 'convert', 'gpt2']);
    expect(existsSync(at(world, 'gpt2-fp32.gguf'))).toBe(true);
  });
});

test('what is not converted, or has nothing to be converted from, is refused', async ({ world }) => {
  await createWorkspace(world, {});
  installConverter(world);
  expect(await errorOf(world, 'models', 'convert', 'tinyllama')).toMatchObject({
    code: 'conversion-needless',
  });
  expect(await errorOf(world, 'models', 'convert', 'gpt2')).toMatchObject({ code: 'conversion-inputs' });
});

test('a model that is converted is fetched, made and tidied up after by one command', async ({ world }) => {
  const { hub } = await stageModels(world, 1_000);
  installConverter(world);
  const repo = 'openai-community/gpt2';
  hub.put(repo, 'model.safetensors', Buffer.from('of PyTorch'));
  hub.put(repo, 'pytorch_model.bin', Buffer.from('the same again'));
  hub.put(repo, 'config.json', Buffer.from('{}'), { isLarge: false });
  hub.put(repo, 'onnx/model.onnx', Buffer.from('of something else'));
  await succeed(world, ['models', 'download', 'gpt2', '--wait']);
  const made = world.path('models', 'gpt2', 'gpt2-fp32.gguf');
  expect(readFileSync(made)).toEqual(tinyGguf({ architecture: 'gpt2' }));
  expect(readdirSync(dirname(made))).toEqual(['gpt2-fp32.gguf']);
  const fetched = hub.asked.filter(({ isBytes }) => isBytes).map(({ path }) => path);
  expect(fetched.some((path) => /onnx|bin/.test(path))).toBe(false);

  const before = hub.asked.length;
  await succeed(world, ['models', 'download', 'gpt2', '--wait']);
  expect(hub.asked.length).toBe(before);
});
