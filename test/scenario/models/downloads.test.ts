import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { installConverter } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { succeed } from '../succeed.ts';
import { digestOf, hashOf, PHI, stageModels, TINY } from './stage.ts';

/** So slow that it is still on its way when the next command comes. */
const CRAWL = 1_000_000;

describe('a model of the catalog', () => {
  test('is there, whole and checked, when the command that waits for it ends', async ({ world }) => {
    const stage = await stageModels(world);
    const { stderr } = await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    expect(stderr).toContain(digestOf(stage.bytes));
    expect(await hashOf(stage.pathOf(TINY))).toBe(digestOf(stage.bytes));
  });

  test('comes though nobody waits for it', async ({ world }) => {
    const stage = await stageModels(world);
    await succeed(world, ['models', 'download', 'tinyllama', 'phi3']);
    await Promise.all([stage.comesTo(TINY, 'done'), stage.comesTo(PHI, 'done')]);
    expect(await hashOf(stage.pathOf(PHI))).toBe(digestOf(stage.bytes));
  });

  test('is not fetched again, unless that is wanted', async ({ world }) => {
    const stage = await stageModels(world);
    await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    const before = stage.hub.sent();
    await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    expect(stage.hub.sent()).toBe(before);
    await succeed(world, ['models', 'download', 'tinyllama', '--wait', '--force']);
    expect(stage.hub.sent()).toBe(2 * before);
  });

  test.for([0, 1_000])('is fetched where a file of %d bytes has its name', async (length, { world }) => {
    const stage = await stageModels(world);
    const path = stage.pathOf(TINY);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.alloc(length));
    await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    expect(await hashOf(path)).toBe(digestOf(stage.bytes));
  });

  test('does not take the place of a larger file', async ({ world }) => {
    const stage = await stageModels(world);
    const path = stage.pathOf(TINY);
    await mkdir(dirname(path), { recursive: true });
    const own = randomBytes(stage.bytes.length + 1);
    await writeFile(path, own);
    const refused = await world.gantry(['models', 'download', 'tinyllama']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    expect(await hashOf(path)).toBe(digestOf(own));
  });

  test('is fetched anew where the hub has another one by now', async ({ world }) => {
    const stage = await stageModels(world);
    const other = randomBytes(5_000_000);
    let isFirst = true;
    stage.hub.fault = ({ isBytes }) => {
      if (isBytes && isFirst) stage.hub.put(TINY.repo, TINY.file, other);
      if (isBytes) isFirst = false;
      return undefined;
    };
    await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    expect(await hashOf(stage.pathOf(TINY))).toBe(digestOf(other));
    expect((await stage.comesTo(TINY, 'done')).notes).toEqual([expect.stringContaining('another file')]);
  });
});

describe('a model that is made from PyTorch files', () => {
  const GPT2 = 'openai-community/gpt2';

  const stagePyTorch = async (world: World) => {
    const { hub } = await stageModels(world);
    hub.put(GPT2, 'model.safetensors', randomBytes(5_000_000));
    hub.put(GPT2, 'pytorch_model.bin', randomBytes(5_000_000));
    hub.put(GPT2, 'onnx/decoder.onnx', randomBytes(1_000));
    hub.put(GPT2, 'config.json', Buffer.from('{}'), { isLarge: false });
    return hub;
  };

  test('has those fetched that it is made from, and is made', async ({ world }) => {
    const hub = await stagePyTorch(world);
    installConverter(world);
    await succeed(world, ['models', 'download', 'gpt2', '--keep-inputs']);
    expect(existsSync(world.path('models', 'gpt2', 'gpt2-fp32.gguf'))).toBe(true);
    expect((await readdir(world.path('models', 'gpt2', 'pytorch'))).toSorted()).toEqual([
      '.cache',
      'config.json',
      'model.safetensors',
    ]);
    const before = hub.asked.length;
    await succeed(world, ['models', 'download', 'gpt2']);
    expect(hub.asked.length).toBe(before);
  });

  test('is refused before anything is fetched where nothing can make it', async ({ world }) => {
    const hub = await stagePyTorch(world);
    const refused = await world.gantry(['models', 'download', 'gpt2']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('convert') });
    expect(hub.sent()).toBe(0);
  });
});

describe('a queue', () => {
  const slowly = async (world: World) => {
    const stage = await stageModels(world);
    stage.hub.fault = ({ isBytes }) => (isBytes ? { slow: CRAWL } : undefined);
    world.env.GANTRY_DOWNLOAD_CONCURRENCY = '1';
    await succeed(world, ['models', 'download', 'tinyllama']);
    await stage.comesTo(TINY, 'active');
    return stage;
  };

  test('downloads so many at once as the setting says, and the others after them', async ({ world }) => {
    const stage = await slowly(world);
    await succeed(world, ['models', 'download', 'phi3']);
    expect((await stage.downloads()).map(({ phase }) => phase)).toEqual(['active', 'queued']);
    stage.hub.fault = undefined;
    await stage.comesTo(PHI, 'done');
    expect((await stage.comesTo(TINY, 'done')).sha256).toBe(digestOf(stage.bytes));
  });

  test('lets one go first, in the place of the one that is on its way', async ({ world }) => {
    const stage = await slowly(world);
    await succeed(world, ['models', 'download', 'phi3']);
    await succeed(world, ['models', 'prioritise', 'phi3']);
    await stage.comesTo(PHI, 'active');
    await stage.comesTo(TINY, 'queued');
    await succeed(world, ['undo', '--yes']);
    stage.hub.fault = undefined;
    await stage.comesTo(TINY, 'done');
    await stage.comesTo(PHI, 'done');
  });

  test('has one rest until it is told to go on', async ({ world }) => {
    const stage = await slowly(world);
    await succeed(world, ['models', 'pause', 'tinyllama']);
    expect((await stage.downloads()).map(({ phase }) => phase)).toEqual(['paused']);
    stage.hub.fault = undefined;
    await succeed(world, ['models', 'resume', 'tinyllama', '--wait']);
    expect(await hashOf(stage.pathOf(TINY))).toBe(digestOf(stage.bytes));
  });

  test('ends one, and a later download of the same goes on from there', async ({ world }) => {
    const stage = await slowly(world);
    await until(async () => ((await stage.downloads())[0]?.received ?? 0) > 4_500_000, {
      what: 'a part of it',
      within: 60_000,
    });
    await succeed(world, ['models', 'cancel', '--all']);
    await stage.comesTo(TINY, 'cancelled');
    expect(existsSync(stage.pathOf(TINY))).toBe(false);
    stage.hub.fault = undefined;
    await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    expect(await hashOf(stage.pathOf(TINY))).toBe(digestOf(stage.bytes));
  });

  test('takes a download back by undo, and keeps one that is whole', async ({ world }) => {
    const stage = await slowly(world);
    await succeed(world, ['undo', '--yes']);
    await stage.comesTo(TINY, 'cancelled');
    stage.hub.fault = undefined;
    await succeed(world, ['redo', '--yes']);
    await stage.comesTo(TINY, 'done');
    expect(existsSync(stage.pathOf(TINY))).toBe(true);
  });

  test('tells why nothing comes, and goes on when it does', async ({ world }) => {
    const stage = await stageModels(world);
    stage.hub.fault = ({ isBytes }) => (isBytes ? { status: 503 } : undefined);
    await succeed(world, ['models', 'download', 'tinyllama']);
    const waiting = await until(
      async () => (await stage.downloads()).find(({ waiting }) => waiting !== null)?.waiting,
      { what: 'a reason', within: 60_000 },
    );
    expect(waiting).toMatchObject({ reason: 'server', words: 'the hub answered 503' });
    stage.hub.fault = undefined;
    await stage.comesTo(TINY, 'done');
  });
});

describe('what the hub refuses', () => {
  const cases = [
    [
      'a repository that is not there',
      { status: 401, headers: { 'x-error-code': 'RepoNotFound' } },
      1,
      'no repository',
    ],
    ['a gated one', { status: 403, headers: { 'x-error-code': 'GatedRepo' } }, 8, 'is gated'],
    [
      'a file that is not there',
      { status: 404, headers: { 'x-error-code': 'EntryNotFound' } },
      1,
      'has no file',
    ],
    ['a revision', { status: 404, headers: { 'x-error-code': 'RevisionNotFound' } }, 1, 'no revision'],
    ['a hub that is not well', { status: 500 }, 7, 'answered 500'],
    ['one that is asked too often', { status: 429, headers: { 'retry-after': '0' } }, 7, 'answers no more'],
  ] as const;

  test.for(cases)('%s is one error with the next step, and nothing is made', async (given, { world }) => {
    const [, fault, code, says] = given;
    const stage = await stageModels(world);
    stage.hub.fault = () => ({ ...fault });
    const refused = await world.gantry(['models', 'download', 'tinyllama']);
    expect(refused).toMatchObject({ code, stderr: expect.stringContaining(says) });
    expect(existsSync(world.path('models'))).toBe(false);
  });

  test('and a hub that is not there', async ({ world }) => {
    const stage = await stageModels(world);
    await stage.hub.close();
    const refused = await world.gantry(['models', 'download', 'tinyllama']);
    expect(refused).toMatchObject({ code: 7, stderr: expect.stringContaining('does not answer') });
  });
});

describe('a token', () => {
  test('goes to the hub, and nowhere else: not to where the bytes are, not into a file', async ({
    world,
  }) => {
    const stage = await stageModels(world);
    world.env.HF_TOKEN = 'hf_very_secret_token';
    stage.hub.fault = ({ isBytes, authorization }) => {
      if (isBytes) return authorization === undefined ? undefined : { status: 400 };
      return authorization === 'Bearer hf_very_secret_token' ? undefined : { status: 401 };
    };
    await succeed(world, ['models', 'download', 'tinyllama', '--wait']);
    await succeed(world, ['daemon', 'stop']);
    expect(await filesWith(world.dir, 'hf_very_secret')).toEqual([]);
  });

  test('that the hub refuses is told of without being told', async ({ world }) => {
    const stage = await stageModels(world);
    world.env.HF_TOKEN = 'hf_very_secret_token';
    stage.hub.fault = () => ({ status: 401 });
    const refused = await world.gantry(['models', 'download', 'tinyllama']);
    expect(refused).toMatchObject({ code: 8, stderr: expect.stringContaining('refused the token') });
    expect(refused.stderr).not.toContain('hf_very_secret');
  });
});

async function filesWith(directory: string, text: string): Promise<string[]> {
  const all = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = all.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const found = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)));
  return files.filter((_, at) => found[at]);
}
