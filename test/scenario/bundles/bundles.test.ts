import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { BundleWorker, ItemRow } from '../../../src/engines/bundle/rows.ts';
import type { World } from '../../rig/home.ts';
import { startHub, type TestHub } from '../../rig/hub/hub.ts';
import { put, tinyGguf } from '../../rig/models.ts';
import { freePort } from '../../rig/port.ts';
import { test } from '../../rig/test.ts';
import { installWorkers } from '../../rig/workers/workers.ts';
import { succeed } from '../succeed.ts';

const WHISPER = { repo: 'ggerganov/whisper.cpp', file: 'ggml-large-v3.bin' };
const TINY = {
  repo: 'TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF',
  file: 'tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf',
};

/** A world whose Gantry knows no other hub than one of the tests, and no server of Ollama but its own. */
const stage = async (world: World, ...programs: string[]): Promise<TestHub> => {
  const hub = await startHub();
  world.defer(() => hub.close());
  world.env.HF_ENDPOINT = hub.url;
  world.env.GANTRY_MODELS = world.path('models');
  await installWorkers(world, ...programs);
  return hub;
};

const define = (world: World, text: string) =>
  put(world.path('home', '.config/gantry/bundles/own.toml'), text);

const statusOf = async (world: World, ...ids: string[]) =>
  (await succeed(world, ['bundle', 'status', ...ids, '--json'])).json<{
    items: ItemRow[];
    workers: BundleWorker[];
  }>().data;

const failureOf = async (world: World, ...words: string[]) =>
  (await world.gantry(['bundle', ...words, '--json'])).json().error;

const statesOf = (rows: readonly { state: string }[]) => rows.map(({ state }) => state);

describe('a bundle of the shipped ones', () => {
  test('is pulled, started, served and stopped by its name alone', async ({ world }) => {
    const hub = await stage(world, 'whisper-server');
    const bytes = randomBytes(300_000);
    hub.put(WHISPER.repo, WHISPER.file, bytes);
    expect(await statusOf(world, 'whisper-large')).toMatchObject({
      items: [
        { item: WHISPER.file, state: 'absent' },
        { item: 'whisper-server', state: 'there' },
      ],
      workers: [{ worker: 'whisper-large-1', state: 'absent' }],
    });

    await succeed(world, ['bundle', 'pull', 'whisper-large', '--wait']);
    expect(await readFile(world.path('models', 'whisper.cpp', WHISPER.file))).toEqual(bytes);
    await succeed(world, ['bundle', 'start', 'whisper-large']);
    const { items, workers } = await statusOf(world, 'whisper-large');
    expect(statesOf([...items, ...workers])).toEqual(['there', 'there', 'running']);
    const answer = await fetch(`http://127.0.0.1:${workers[0]?.port}/health`);
    expect(await answer.json()).toEqual({ status: 'ok' });

    await succeed(world, ['bundle', 'stop', 'whisper-large']);
    expect(statesOf((await statusOf(world, 'whisper-large')).workers)).toEqual(['stopped']);
  });

  test('is not started before its models are here', async ({ world }) => {
    await stage(world, 'whisper-server');
    expect(await failureOf(world, 'start', 'whisper-large')).toMatchObject({
      code: 'bundle-incomplete',
      next: expect.arrayContaining(['gantry bundle pull whisper-large --wait']),
    });
  });

  test('has one meaning where it is started or pulled twice', async ({ world }) => {
    const hub = await stage(world, 'whisper-server');
    hub.put(WHISPER.repo, WHISPER.file, randomBytes(1_000));
    for (let time = 0; time < 2; time++) {
      await succeed(world, ['bundle', 'pull', 'whisper-large', '--wait']);
      await succeed(world, ['bundle', 'start', 'whisper-large']);
    }
    expect(statesOf((await statusOf(world, 'whisper-large')).workers)).toEqual(['running']);
  });
});

test('a model that was registered on this machine is there, and one that nobody knows keeps no other', async ({
  world,
}) => {
  const hub = await stage(world);
  hub.put(TINY.repo, TINY.file, tinyGguf());
  await succeed(world, ['models', 'register', 'mine', put(world.path('elsewhere', 'mine.gguf'), tinyGguf())]);
  const items = ['mine', 'nobodys', 'tinyllama'].map((id) => `{ kind = "model", id = "${id}" }`);
  define(world, `[[bundles]]\nid = "mixed"\nitems = [${items.join(', ')}]\n`);
  const pulled = await world.gantry(['bundle', 'pull', 'mixed', '--wait']);
  expect(pulled).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no model nobodys') });
  expect(statesOf((await statusOf(world, 'mixed')).items)).toEqual(['there', 'unknown', 'there']);
});

describe('workers of a bundle', () => {
  test('start in their order on ports of their own, and none after one that does not come up', async ({
    world,
  }) => {
    const hub = await stage(world, 'llama-server');
    hub.put(TINY.repo, TINY.file, tinyGguf());
    const worker = (backend: string) => `[[bundles.start]]\nbackend = "${backend}"\nmodel = "tinyllama"\n`;
    define(
      world,
      `[[bundles]]
id = "three"
items = [
  { kind = "model", id = "tinyllama" },
  { kind = "command", name = "broken", command = ["false"] },
]
${worker('llama-server')}${worker('broken')}${worker('llama-server')}`,
    );
    await succeed(world, ['bundle', 'pull', 'three', '--wait']);
    const started = await world.gantry(['bundle', 'start', 'three']);
    expect(started.code).toBe(1);
    const { workers } = await statusOf(world, 'three');
    expect(statesOf(workers)).toEqual(['running', 'failed', 'absent']);
    expect(new Set(workers.map(({ port }) => port)).size).toBe(3);
  });
});

test('undo takes the start of a bundle back', async ({ world }) => {
  const hub = await stage(world, 'whisper-server');
  hub.put(WHISPER.repo, WHISPER.file, randomBytes(1_000));
  await succeed(world, ['bundle', 'pull', 'whisper-large', '--wait']);
  await succeed(world, ['bundle', 'start', 'whisper-large']);
  await succeed(world, ['undo']);
  expect(statesOf((await statusOf(world, 'whisper-large')).workers)).toEqual(['absent']);
});

describe('models of Ollama', () => {
  const OWN = `[[bundles]]
id = "own"
items = [{ kind = "ollama", name = "tiny" }, { kind = "ollama", name = "other:7b" }]

[[bundles.start]]
backend = "ollama"
`;

  test('are pulled by the server that the bundle starts', async ({ world }) => {
    await stage(world, 'ollama');
    define(world, OWN);
    await succeed(world, ['bundle', 'start', 'own']);
    expect(statesOf((await statusOf(world, 'own')).items)).toEqual(['there', 'absent']);
    const { stderr } = await succeed(world, ['bundle', 'pull', 'own']);
    expect(stderr).toContain('other:7b');
    const { items, workers } = await statusOf(world, 'own');
    expect(statesOf([...items, ...workers])).toEqual(['there', 'there', 'running']);
  });

  test('are not known where their server does not answer, and all else is pulled', async ({ world }) => {
    const hub = await stage(world);
    hub.put(TINY.repo, TINY.file, tinyGguf());
    world.env.OLLAMA_HOST = `127.0.0.1:${await freePort()}`;
    define(
      world,
      `[[bundles]]
id = "both"
items = [
  { kind = "ollama", name = "tiny" },
  { kind = "ollama", name = "other" },
  { kind = "model", id = "tinyllama" },
]
`,
    );
    const pulled = await world.gantry(['bundle', 'pull', 'both', '--wait']);
    expect(pulled.code).toBe(7);
    expect(pulled.stderr).toContain('ollama serve');
    expect(pulled.stderr.match(/does not answer/g)).toHaveLength(1);
    expect(existsSync(world.path('models', 'tinyllama', TINY.file))).toBe(true);
    expect(statesOf((await statusOf(world, 'both')).items)).toEqual(['unknown', 'unknown', 'there']);
  });

  test('that nobody has are refused in the words of the server', async ({ world }) => {
    await stage(world, 'ollama');
    define(world, OWN.replace('other:7b', 'nobodys'));
    await succeed(world, ['bundle', 'start', 'own']);
    const pulled = await world.gantry(['bundle', 'pull', 'own']);
    expect(pulled).toMatchObject({ code: 1, stderr: expect.stringContaining('file does not exist') });
  });
});
