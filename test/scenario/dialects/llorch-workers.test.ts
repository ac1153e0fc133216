import { mkdir, rename } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { freePort, isFree } from '../../rig/port.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { installWorkers, putModel } from '../../rig/workers/workers.ts';
import { marked } from '../processes/house.ts';
import { calledAs } from './called.ts';

const FILE = 'tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf';

/** A pool host: the repository with its model directory, and the one binary of the first generation. */
const poolHost = async (world: World, ...programs: string[]) => {
  await world.run('git', ['init', '--quiet', world.path('work')]);
  await installWorkers(world, ...(programs.length > 0 ? programs : ['llorch-candled']));
  await putModel(world, 'tinyllama', { file: FILE });
  return calledAs(world, 'llorch-pool');
};

type View = { worker_id: string; pid: number; port: number; status: string };

const listed = async (pool: ReturnType<typeof calledAs>): Promise<View[]> =>
  JSON.parse((await pool('worker list --json')).stdout).workers;

describe('llorch-pool worker, as its specification writes it', () => {
  test('spawns, lists and stops', async ({ world }) => {
    const pool = await poolHost(world);
    const spawned = await pool('worker spawn metal --model tinyllama --gpu 0');
    expect(spawned).toMatchObject({ code: 0, stderr: '' });
    const [, pid, port] = /^worker-metal-0 is \w+, pid (\d+), port (\d+)\n$/.exec(spawned.stdout) ?? [];
    expect(marked(world)).toEqual(new Map([['worker-metal-0', [Number(pid)]]]));

    await until(async () => (await listed(pool))[0]?.status === 'running', { what: 'it to be ready' });
    const table = (await pool('worker list')).stdout.split('\n');
    expect(table[0]).toMatch(/^WORKER ID +BACKEND +MODEL +(GPU +)?PORT +PID +UPTIME +MEMORY +STATUS$/);
    expect(table[1]).toMatch(
      new RegExp(`^worker-metal-0 +metal +tinyllama +(0 +)?${port} +${pid} +\\d+ \\w+ +.+ +running$`),
    );

    const stopped = await pool('worker stop worker-metal-0');
    expect(stopped).toMatchObject({ code: 0, stderr: '' });
    expect(stopped.stdout).toMatch(/^worker-metal-0: /);
    expect(marked(world).size).toBe(0);
    expect((await pool('worker list')).stdout).toBe('No workers running\n');
  });

  test('with a port, runs what is written there', async ({ world }) => {
    const pool = await poolHost(world);
    // Another test of this machine may have the port just now.
    const port = await until(
      async () => {
        const one = (await isFree(8_001)) ? 8_001 : await freePort();
        const line = `worker spawn metal --model tinyllama --gpu 0 --port ${one} --wait`;
        return (await pool(line)).code === 0 && one;
      },
      { what: 'its port' },
    );
    const { data } = (await world.gantry(['worker', 'inspect', 'worker-metal-0', '--json'])).json<{
      process: { spec: { argv: string[] } };
    }>();
    expect(data.process.spec.argv.join(' ')).toBe(
      `llorch-candled --worker-id worker-metal-0 --model ${world.path('work', '.test-models', 'tinyllama', FILE)} ` +
        `--gpu 0 --port ${port} --callback-url {callback}`,
    );
    const log = await pool('worker logs worker-metal-0');
    expect(log.code).toBe(0);
    expect(log.stdout).toMatch(/model loaded[\s\S]*ready callback sent[\s\S]*listening/);
    expect((await pool('worker logs worker-metal-0 --tail 1')).stdout.split('\n')).toHaveLength(2);
  });

  test('under its other names, as JSON', async ({ world }) => {
    await poolHost(world, 'llorch-cpu-candled');
    const { code, stdout } = await calledAs(
      world,
      'llorch',
    )('pool worker spawn cpu --model tinyllama --wait --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ worker_id: 'worker-cpu-0', backend: 'cpu', model_id: 'tinyllama', gpu: 0, status: 'running' },
      started_at: expect.stringMatching(/^\d{4}-/),
    });
    const { stdout: stopped } = await calledAs(world, 'pool-ctl')('worker stop worker-cpu-0 --json');
    expect(JSON.parse(stopped)).toMatchObject({ workers: [{ worker_id: 'worker-cpu-0' }] });
  });
});

describe('llorch-pool finds models', () => {
  test('in LLORCH_MODEL_BASE_DIR, from the root of the repository, wherever one stands in it', async ({
    world,
  }) => {
    const pool = await poolHost(world);
    const spawn = 'worker spawn metal --model tinyllama';
    await rename(world.path('work', '.test-models'), world.path('work', 'elsewhere'));
    await mkdir(world.path('work', 'deep'));
    const cwd = world.path('work', 'deep');
    const missing = await pool(spawn, { cwd });
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('tinyllama is no file');
    const found = await pool(spawn, { cwd, env: { LLORCH_MODEL_BASE_DIR: 'elsewhere' } });
    expect(found).toMatchObject({ code: 0 });
  });

  test('also outside of a repository', async ({ world }) => {
    await installWorkers(world, 'llorch-candled');
    await putModel(world, 'tinyllama', { file: FILE });
    const pool = calledAs(world, 'llorch-pool');
    expect((await pool('worker list')).stdout).toBe('No workers running\n');
    expect(await pool('worker spawn cuda --model tinyllama --gpu 1 --wait')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^worker-cuda-1 is running, /),
    });
    expect(await pool('git status')).toMatchObject({ code: 1 });
  });
});

describe('llorch-pool says what is wrong, and what to try', () => {
  test.for([
    [
      'worker spawn cpu --model tinylama',
      1,
      'Did you mean tinyllama?',
      'llorch-pool worker spawn … --model tinyllama',
    ],
    ['worker spawn cpu', 1, 'Which model is it to serve?', ''],
    ['worker spawn rocm --model tinyllama', 2, 'rocm', ''],
    ['worker stop worker-metal-7', 1, 'There is no worker worker-metal-7', 'llorch-pool worker list'],
    ['worker logs worker-metal-7', 1, 'There is no worker worker-metal-7', 'llorch-pool worker list'],
    ['worker stop', 2, 'worker-id', ''],
  ] as const)('%s', async ([line, code, message, next], { world }) => {
    const pool = await poolHost(world);
    const told = await pool(line);
    expect(told).toMatchObject({ code, stdout: '' });
    expect(told.stderr).toContain(message);
    expect(told.stderr).toContain(next);
    expect(marked(world).size).toBe(0);
  });
});
