import { truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { installWorkers, putModel } from '../../rig/workers/workers.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { asPerson } from '../person.ts';
import { daemonOf, gantryWell, killDaemon, marked } from './house.ts';

type Row = { id: string; state: string; port: number; pid: number; why: string | null; model: string };
type Event = { event: string; token: string; tokens?: number; reason?: string };

const workersOf = async (world: World): Promise<Row[]> =>
  (await world.gantry(['worker', 'list', '--json'])).json<{ workers: Row[] }>().data.workers;

const errorOf = async (world: World, ...words: string[]) =>
  (await world.gantry([...words, '--yes', '--json'])).json().error;

const logOf = async (world: World, id: string) => (await world.gantry(['worker', 'logs', id])).stdout;

const reaches = (world: World, state: string) =>
  until(async () => (await workersOf(world)).find((row) => row.state === state), {
    what: `a worker that is ${state}`,
  });

/** A workspace with a model, and the model servers that are named. */
const placeWith = async (world: World, ...programs: string[]) => {
  await createWorkspace(world, {});
  await installWorkers(world, ...programs);
  return putModel(world, 'tinyllama', { file: 'tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf' });
};

/** Something else that listens on a port of this machine. */
const neighbour = async (world: World): Promise<number> => {
  const server = createServer();
  world.defer(() => server.close());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as { port: number }).port;
};

describe('given a worker that tells when it is ready, and ends where nobody hears it', () => {
  test('when it is spawned, then it is heard, found healthy, and answers a prompt', async ({ world }) => {
    const model = await placeWith(world, 'llorch-cpu-candled');
    await gantryWell(world, 'worker', 'spawn', 'cpu', '--model', 'tinyllama', '--wait');

    const [row] = (await workersOf(world)) as [Row];
    expect(row).toMatchObject({
      id: 'worker-cpu-0',
      backend: 'cpu',
      model: 'tinyllama',
      gpu: 0,
      state: 'running',
    });
    expect(marked(world)).toEqual(new Map([['worker-cpu-0', [row.pid]]]));
    expect(await logOf(world, row.id)).toMatch(/model loaded.*\n.*ready callback sent.*\n.*listening/);
    const { data } = (await world.gantry(['worker', 'inspect', row.id, '--json'])).json<{
      process: { spec: { argv: string[] } };
    }>();
    expect(data.process.spec.argv).toEqual([
      'llorch-cpu-candled',
      ...[
        '--worker-id',
        row.id,
        '--model',
        model,
        '--port',
        String(row.port),
        '--callback-url',
        '{callback}',
      ],
    ]);
    const health = (await world.gantry(['worker', 'health', '--json'])).json<{ health: object[] }>();
    expect(health.data.health).toMatchObject([
      { worker: row.id, ok: true, standing: 'well', said: '200 OK', model: 'tinyllama' },
    ]);

    const infer = ['worker', 'infer', row.id, '--json', '--max-tokens', '3'];
    const events = (
      await world.gantry([...infer, '--prompt-file', '-'], { input: 'hello there' })
    ).ndjson<Event>();
    expect(events.map(({ token }) => token)).toEqual(['You ', 'said: ', 'hello ', '']);
    expect(events.at(-1)).toMatchObject({ event: 'end', tokens: 3, reason: 'MAX_TOKENS', milliseconds: 7 });
    const broken = await world.gantry(['worker', 'infer', row.id, '--prompt', 'break', '--json']);
    expect(broken.code).toBe(1);
    expect(broken.stdout + broken.stderr).toContain('out of memory');
    const refused = await world.gantry(['worker', 'infer', row.id, '--prompt', 'hi', '--max-tokens', '9999']);
    expect(refused.stderr).toContain('answered 400: max_tokens: max_tokens must be 1..2048');
    const plain = await world.gantry(['worker', 'infer', row.id, '--prompt', 'hello there']);
    expect(plain.stdout).toBe('You said: hello there\n');
    const escaped = await world.gantry(['worker', 'infer', row.id, '--prompt', 'escape']);
    expect(escaped.stdout).toBe('␛[2Jgone␇\n');
  });

  test('when only the program of the first generation is there, then that is run, and the other body is heard', async ({
    world,
  }) => {
    await placeWith(world, 'llorch-candled');
    const spawn = [
      'worker',
      'spawn',
      'cuda',
      '--model',
      'tinyllama',
      '--gpu',
      '1',
      '--set',
      'CALLBACK_BODY=url',
    ];
    await gantryWell(world, ...spawn, '--wait');
    expect(await workersOf(world)).toMatchObject([{ id: 'worker-cuda-1', gpu: 1, state: 'running' }]);
  });

  test.for(['killed', 'restarted'])(
    'when the daemon is %s before it is heard, then the next one hears it',
    async (how, { world }) => {
      await placeWith(world, 'llorch-cpu-candled');
      const go = world.path('work', 'go');
      await gantryWell(
        world,
        'worker',
        'spawn',
        'cpu',
        '--model',
        'tinyllama',
        '--set',
        `HOLD_CALLBACK=${go}`,
      );
      await until(async () => (await logOf(world, 'worker-cpu-0')).includes('model loaded'), {
        what: 'its start',
      });
      const before = marked(world);
      if (how === 'killed') await killDaemon(world);
      await gantryWell(world, 'daemon', how === 'killed' ? 'start' : 'restart');
      await until(() => daemonOf(world), { what: 'the next daemon' });
      await writeFile(go, '');
      await reaches(world, 'running');
      expect(marked(world)).toEqual(before);
      expect(await logOf(world, 'worker-cpu-0')).toContain('ready callback sent');
    },
  );

  test('when the daemon is killed after it was heard, then the next one finds it ready', async ({
    world,
  }) => {
    await placeWith(world, 'llorch-cpu-candled');
    const go = world.path('work', 'go');
    await gantryWell(world, 'worker', 'spawn', 'cpu', '--model', 'tinyllama', '--set', `HOLD_LISTEN=${go}`);
    await until(async () => (await logOf(world, 'worker-cpu-0')).includes('callback sent'), {
      what: 'the callback',
    });
    await killDaemon(world);
    await writeFile(go, '');
    await gantryWell(world, 'daemon', 'start');
    await reaches(world, 'running');
  });

  test('when it dies and is to be started again, then it is heard once more', async ({ world }) => {
    await placeWith(world, 'llorch-cpu-candled');
    const spawn = ['worker', 'spawn', 'cpu', '--model', 'tinyllama', '--restart', 'on-failure'];
    await gantryWell(world, ...spawn, '--wait');
    const [before] = (await workersOf(world)) as [Row];
    signalTo(before.pid, 'SIGKILL');
    const after = await until(
      async () =>
        (await workersOf(world)).find(({ state, pid }) => state === 'running' && pid !== before.pid),
      { what: 'it to be ready again' },
    );
    expect(marked(world)).toEqual(new Map([[after.id, [after.pid]]]));
  });

  test('when it is stopped and that is undone, then it is heard once more', async ({ world }) => {
    await placeWith(world, 'llorch-cpu-candled');
    await gantryWell(world, 'worker', 'spawn', 'cpu', '--model', 'tinyllama', '--wait');
    await gantryWell(world, 'worker', 'stop', '--all');
    expect(marked(world).size).toBe(0);
    expect(await workersOf(world)).toMatchObject([{ id: 'worker-cpu-0', state: 'stopped', pid: null }]);
    await gantryWell(world, 'undo');
    await reaches(world, 'running');
    await gantryWell(world, 'worker', 'restart', 'worker-cpu-0', '--wait');
    await gantryWell(world, 'worker', 'remove', 'worker-cpu-0');
    expect(await workersOf(world)).toEqual([]);
    expect(marked(world).size).toBe(0);
  });
});

describe('given a worker that ends before it is ready', () => {
  test('when it is waited for, then what it wrote last is in the error', async ({ world }) => {
    await placeWith(world, 'llorch-cpu-candled');
    const command = 'llorch-cpu-candled --worker-id {id} --gpu {gpu}';
    const error = await errorOf(world, 'worker', 'spawn', 'command', '--command', command, '--wait');
    expect(error).toMatchObject({
      code: 'process-not-ready',
      message:
        "worker-command-0 is failed: it ended with exit code 2. It wrote last: error: unexpected argument '--gpu' found",
      details: { lines: ["error: unexpected argument '--gpu' found"] },
    });
    const asked = await world.gantry(['worker', 'infer', 'worker-command-0', '--prompt', 'hi']);
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('spawned without a dialect') });
    const health = await world.gantry(['worker', 'health', '--json']);
    expect(health.code).toBe(1);
    expect(health.json<{ health: object[] }>()).toMatchObject({
      data: { health: [{ worker: 'worker-command-0', standing: 'red', why: 'ended with exit code 2' }] },
      error: { code: 'process-red', message: 'worker-command-0 is not well.' },
    });
  });
});

describe('given a worker that runs', () => {
  test('when the same is spawned once more, then nothing happens; otherwise the next free name is told', async ({
    world,
  }) => {
    await placeWith(world, 'llorch-cpu-candled', 'llama-server');
    const spawn = ['worker', 'spawn', 'cpu', '--model', 'tinyllama'];
    await gantryWell(world, ...spawn, '--wait');
    const [first] = (await workersOf(world)) as [Row];
    const again = (await gantryWell(world, ...spawn, '--json')).json();
    expect(again.receipt.steps).toMatchObject([
      { status: 'skipped', summary: `runs already, on port ${first.port}` },
    ]);
    const other = await errorOf(world, ...spawn, '--port', String(first.port + 7));
    expect(other).toMatchObject({ code: 'worker-exists', details: { free: 'worker-cpu-1' } });

    const plan = (await world.gantry([...spawn, '--name', 'worker-cpu-1', '--dry-run'])).stdout;
    const told = Number(/start worker-cpu-1 on port (\d+)/.exec(plan)?.[1]);
    expect(told).toBeGreaterThan(first.port);
    const taken = await errorOf(world, ...spawn, '--name', 'second', '--port', String(first.port));
    expect(taken).toMatchObject({
      code: 'port-taken',
      message: `Port ${first.port} belongs to worker-cpu-0.`,
    });
    await gantryWell(world, ...spawn, '--name', 'worker-cpu-1', '--wait');
    expect((await workersOf(world)).map(({ port }) => port)).toEqual([first.port, told]);
  });

  test('when it is asked for what has no end, then that can be cancelled, and it hears of it', async ({
    world,
  }) => {
    await placeWith(world, 'llama-server');
    await gantryWell(world, 'worker', 'spawn', 'llama-server', '--model', 'tinyllama', '--wait');
    const infer = ['worker', 'infer', 'worker-llama-server-0', '--prompt'];
    const asking = world.startGantry([...infer, 'forever', '--max-tokens', '1000000']);
    await asking.waitFor(/again/);
    expect(await asking.stop('SIGINT')).toMatchObject({ code: 130 });
    await until(async () => (await logOf(world, 'worker-llama-server-0')).includes('cancelled'), {
      what: 'it to hear',
    });
    for (const more of [[], ['--chat']]) {
      const events = (await world.gantry([...infer, 'hi', ...more, '--json'])).ndjson<Event>();
      expect(events.map(({ token }) => token).join('')).toBe('You said: hi');
      expect(events.at(-1)).toMatchObject({ event: 'end', tokens: 3, reason: 'stop' });
    }
  });
});

test('given a model directory of the caller, then its models are found there, whoever starts the worker', async ({
  world,
}) => {
  await installWorkers(world, 'llorch-cpu-candled');
  await gantryWell(world, 'daemon', 'start');
  await putModel(world, 'tinyllama');
  const spawn = ['worker', 'spawn', 'cpu', '--model', 'tinyllama', '--wait'];
  const missing = await world.gantry([...spawn, '--json']);
  expect(missing.json().error).toMatchObject({ code: 'model-missing' });
  const found = await world.gantry(spawn, { env: { GANTRY_MODELS: world.path('work', '.test-models') } });
  expect(found).toMatchObject({ code: 0 });
});

test('given a server that takes its model with each question, then it is asked by the name that it knows', async ({
  world,
}) => {
  await placeWith(world, 'ollama');
  await gantryWell(world, 'worker', 'spawn', 'ollama', '--model', 'tiny', '--wait');
  const events = (
    await world.gantry(['worker', 'infer', 'worker-ollama-0', '--prompt', 'hi', '--json'])
  ).ndjson<Event>();
  expect(events.map(({ token }) => token).join('')).toBe('You said: hi');
  expect(events.at(-1)).toMatchObject({ event: 'end', tokens: 3, milliseconds: 3, reason: 'stop' });
});

describe('given what makes no sense', () => {
  test('when it is spawned, then it is said, with what would', async ({ world }) => {
    await placeWith(world, 'llorch-cpu-candled');
    const port = await neighbour(world);
    const spawn = ['worker', 'spawn', 'cpu', '--model', 'tinyllama'];
    expect(await errorOf(world, ...spawn, '--port', String(port))).toMatchObject({
      code: 'port-taken',
      message: expect.stringMatching(new RegExp(`Port ${port} belongs to .+, pid ${process.pid}\\.`)),
    });
    expect(await errorOf(world, ...spawn, '--bind', '0.0.0.0')).toMatchObject({ code: 'backend-fixed' });
    expect(await errorOf(world, 'worker', 'spawn', 'cpu')).toMatchObject({ code: 'model-needed' });
    expect(await errorOf(world, 'worker', 'spawn', 'cpu', '--model', 'tinylama')).toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('Did you mean tinyllama?'),
    });
    expect(await errorOf(world, 'worker', 'spawn', 'metal', '--model', 'tinyllama')).toMatchObject({
      code: 'backend-missing',
      message: 'Neither llorch-metal-candled nor llorch-candled was found, which metal workers run.',
    });
    expect((await errorOf(world, 'worker', 'spawn', 'cpuu')).message).toContain('did you mean cpu?');
    expect(await errorOf(world, 'worker', 'stop')).toMatchObject({ code: 'worker-unnamed' });
    expect(await errorOf(world, 'worker', 'stop', 'nobody')).toMatchObject({ code: 'worker-unknown' });
    expect(marked(world).size).toBe(0);
  });

  test('when the model does not fit onto its GPU, then that is said of that GPU', async ({ world }) => {
    await placeWith(world, 'llorch-cuda-candled');
    await truncate(await putModel(world, 'large'), 2e9);
    const told = '#!/bin/sh\nprintf "0, 24000, 24576\\n1, 2000, 24576\\n"\n';
    await writeFile(world.path('bin', 'nvidia-smi'), told, { mode: 0o755 });
    const spawn = ['worker', 'spawn', 'cuda', '--model', 'large', '--gpu'];
    expect(await errorOf(world, ...spawn, '1')).toMatchObject({
      code: 'vram-insufficient',
      message: 'The model needs 2.40 GB and GPU 1 has 2.10 GB to spare.',
      next: expect.arrayContaining(['gantry worker spawn cuda --model tinyllama']),
    });
    expect(await world.gantry([...spawn, '0', '--dry-run'])).toMatchObject({ code: 0 });
  });

  test('when the model does not fit into memory, then a smaller one is named, unless it is forced', async ({
    world,
  }) => {
    await placeWith(world, 'llorch-cpu-candled');
    await truncate(await putModel(world, 'huge'), 1e13);
    const spawn = ['worker', 'spawn', 'cpu', '--model', 'huge'];
    expect(await errorOf(world, ...spawn)).toMatchObject({
      code: 'ram-insufficient',
      next: expect.arrayContaining(['gantry worker spawn cpu --model tinyllama']),
    });
    await gantryWell(world, ...spawn, '--force', '--wait');
    expect(await workersOf(world)).toMatchObject([{ model: 'huge', state: 'running' }]);
  });
});

describe('given a backend of their own', () => {
  const table = `[backends.mine]
command = ["llama-server", "--model", "{model}", "--alias", "{id}", "--host", "{bind}", "--port", "{port}"]
dialect = "openai"
`;

  test('when the user has it, then it is spawned by its name', async ({ world }) => {
    await placeWith(world, 'llama-server');
    await world.run('mkdir', ['-p', world.path('home', '.config', 'gantry')]);
    await writeFile(world.path('home', '.config', 'gantry', 'backends.toml'), table);
    await gantryWell(world, 'worker', 'spawn', 'mine', '--model', 'tinyllama', '--wait');
    expect(await workersOf(world)).toMatchObject([
      { id: 'worker-mine-0', backend: 'mine', dialect: 'openai' },
    ]);
    await writeFile(
      world.path('home', '.config', 'gantry', 'backends.toml'),
      `${table}env = { HF_TOKEN = "x" }\n`,
    );
    const secret = await errorOf(world, 'worker', 'spawn', 'mine', '--model', 'tinyllama');
    expect(secret).toMatchObject({ code: 'variable-secret' });
    await writeFile(world.path('home', '.config', 'gantry', 'backends.toml'), `${table}helth = "/up"\n`);
    const error = await errorOf(world, 'worker', 'spawn', 'mine', '--model', 'tinyllama');
    expect(error).toMatchObject({ code: 'backend-invalid', message: expect.stringContaining('helth') });
  });

  test('when a workspace brings it, then nothing of it runs until a person trusts it', async ({ world }) => {
    await placeWith(world, 'llama-server');
    const manifest = world.path('work', '.gantry', 'workspace.toml');
    await writeFile(manifest, `[workspace]\nname = "demo"\n${table}`);
    const spawn = ['worker', 'spawn', 'mine', '--model', 'tinyllama'];
    expect(await errorOf(world, ...spawn)).toMatchObject({
      code: 'workspace-untrusted',
      details: { commands: [expect.stringContaining('llama-server --model')] },
    });
    expect(await daemonOf(world)).toBeUndefined();

    await asPerson(world, 'workspace', 'trust', '--yes');
    await gantryWell(world, ...spawn, '--wait');
    expect(await workersOf(world)).toMatchObject([{ id: 'worker-mine-0', state: 'running' }]);

    await gantryWell(world, 'worker', 'remove', '--all');
    await writeFile(manifest, `[workspace]\nname = "demo"\n${table}env = { LD_PRELOAD = "./evil.so" }\n`);
    expect(await errorOf(world, ...spawn)).toMatchObject({ code: 'workspace-untrusted' });
  });
});

describe('given workers that are spawned without a port', () => {
  const spawn = (name: string, ...more: string[]) => {
    const words = ['worker', 'spawn', 'command', '--command', 'sleep 1000', '--health', 'none'];
    return [...words, '--name', name, ...more, '--json'];
  };

  test('when several clients do so at once, then each has a port of its own', async ({ world }) => {
    await placeWith(world);
    await gantryWell(world, 'daemon', 'start');
    const names = ['one', 'two', 'three', 'four', 'five'];
    const ended = await Promise.all(names.map((name) => world.gantry(spawn(name))));
    expect(ended.map((one) => one.json().error)).toEqual(names.map(() => undefined));
    const ports = (await workersOf(world)).map(({ port }) => port);
    expect(new Set(ports).size).toBe(names.length);
    const activities = (await gantryWell(world, 'activity', 'list', '--json')).json<{
      activities: { action: string; status: string }[];
    }>();
    const spawns = activities.data.activities.filter(({ action }) => action === 'worker.spawn');
    expect(spawns.map(({ status }) => status)).toEqual(names.map(() => 'done'));
  });

  test('when a plan was shown and its port is given away since, then what was approved is not done otherwise', async ({
    world,
  }) => {
    await placeWith(world);
    const { plan } = (await world.gantry(spawn('first', '--dry-run'))).json() as unknown as {
      plan: { hash: string };
    };
    await gantryWell(world, ...spawn('second'));
    const late = await world.gantry(spawn('first', '--plan', plan.hash));
    expect(late.json().error).toMatchObject({ code: 'plan-moved' });
    expect((await workersOf(world)).map(({ id }) => id)).toEqual(['second']);
  });
});
