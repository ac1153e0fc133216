import { describe, expect } from 'vitest';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { gantryWell, marked } from '../processes/house.ts';
import { ask, eventsOf, openGateway, spawnServer, textOf } from './house.ts';
import { killUnder } from './streams.ts';

test('given streams over two workers, when one is killed, then its own end with an error and the others go on', async ({
  world,
}) => {
  await killUnder(world, 40);
});

describe('given a worker that does not answer, and another behind it', () => {
  test('when it is killed before its first word, then the other answers, and nobody notices', async ({
    world,
  }) => {
    const url = await openGateway(world, 'llama-server');
    await spawnServer(world, 'mute', '--set', 'MUTE=1');
    await spawnServer(world, 'spare');
    await gantryWell(world, 'gate', 'routes', 'set', 'tinyllama', 'mute');
    await gantryWell(world, 'gate', 'routes', 'set', 'tinyllama', 'spare', '--beside', '--fallback');
    const asked = ask(url, { prompt: 'hello' });
    await until(
      async () => (await (await fetch(`${url}/metrics`)).text()).includes('requests{backend="mute"} 1'),
      {
        what: 'it to be asked',
      },
    );
    for (const pid of marked(world).get('mute') ?? []) signalTo(pid, 'SIGKILL');
    const answer = await asked;
    expect(answer.headers.get('x-gantry-backend')).toBe('spare');
    expect(textOf(await Array.fromAsync(eventsOf(answer)))).toBe('You said: hello');
    const log = await gantryWell(world, 'gate', 'logs', '--json');
    expect(log.ndjson<{ message: string; fields: object }>()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          message: 'attempt failed',
          fields: expect.objectContaining({ backend: 'mute' }),
        }),
        expect.objectContaining({
          message: 'answered',
          fields: expect.objectContaining({ backend: 'spare' }),
        }),
      ]),
    );
  });

  test('when it has had its time, then the other answers; where there is none, that is said', async ({
    world,
  }) => {
    const url = await openGateway(world, 'llama-server');
    await gantryWell(world, 'config', 'set', 'gate.firstByteSeconds', '3');
    await spawnServer(world, 'mute', '--set', 'MUTE=1');
    const alone = await ask(url, { prompt: 'hello' });
    expect(alone.status).toBe(502);
    expect(await alone.json()).toMatchObject({
      error: {
        code: 'worker-failed',
        message: expect.stringContaining('it did not begin to answer within 3 s'),
      },
    });
    await spawnServer(world, 'spare');
    const answers = await Promise.all([1, 2, 3].map(() => ask(url, { prompt: 'hello', stream: false })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe('given a worker that falls silent within an answer', () => {
  test('when it has been silent for long enough, then the answer ends with an error', async ({ world }) => {
    const url = await openGateway(world, 'llama-server');
    await gantryWell(world, 'config', 'set', 'gate.idleSeconds', '1');
    await spawnServer(world, 'one');
    const events = await Array.fromAsync(eventsOf(await ask(url, { prompt: 'silence' })));
    expect(textOf(events)).toBe('One ');
    expect(events.at(-1)).toMatchObject({
      error: { message: 'The worker broke off: it said nothing more within 1 s.' },
    });
  });
});

test('given a client that has heard enough, when it goes, then the worker is told', async ({ world }) => {
  const url = await openGateway(world, 'llama-server');
  await spawnServer(world, 'one');
  const leaving = new AbortController();
  const events = eventsOf(await ask(url, { prompt: 'forever', tokens: 1_000_000, signal: leaving.signal }));
  await events.next();
  leaving.abort();
  await until(async () => (await gantryWell(world, 'worker', 'logs', 'one')).stdout.includes('cancelled'), {
    what: 'it to hear',
  });
  await until(async () => (await gantryWell(world, 'gate', 'logs')).stdout.includes('cancelled'), {
    what: 'the log',
  });
});

test('given a worker that fails, then another is asked, and of the last one its failure is told', async ({
  world,
}) => {
  const url = await openGateway(world, 'llama-server');
  await spawnServer(world, 'one');
  const answer = await ask(url, { prompt: 'broken', stream: false });
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({
    error: { code: 'worker-failed', message: expect.stringContaining('it answered 500: out of memory') },
  });
  expect((await ask(url, { prompt: 'well', stream: false })).status).toBe(200);
});
