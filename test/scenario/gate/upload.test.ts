import { truncate } from 'node:fs/promises';
import { expect } from 'vitest';
import { openContract, send } from '../../rig/contract.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { sendElsewhere, sendHere, sparse } from './large.ts';

const SIZE = 400 * 1_048_576;

test('given a large file, when it is sent, then it is never in memory, and its length is told first', ({
  world,
}) => sendElsewhere(world, SIZE));

test('given a large file, when our own gateway is given it, then its daemon never has it in memory', ({
  world,
}) => sendHere(world, SIZE));

test('given a gateway that takes its time, when the sending is interrupted, then it ends at once', async ({
  world,
}) => {
  const taken = Promise.withResolvers<void>();
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    // It takes nothing beyond what is on its way already.
    'POST /api/v1/models': () => taken.resolve(),
  });
  const adding = world.startGantry(['gate', 'models', 'add', await sparse(world, SIZE), '--url', url]);
  await taken.promise;
  const finished = await adding.stop('SIGINT');
  expect(finished.code).toBe(130);
});

test('given a gateway that refuses before it has all of it, then what it says is told', async ({ world }) => {
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': (response, request) => {
      send(response, 507, { error: { message: 'no room' } });
      response.once('finish', () => request.resume());
    },
  });
  const added = await world.gantry([
    'gate',
    'models',
    'add',
    await sparse(world, SIZE),
    '--url',
    url,
    '--json',
  ]);
  expect([added.code, added.json().error]).toMatchObject([
    7,
    { code: 'gate-failed', details: { status: 507 } },
  ]);
});

test('given a file that grows or shrinks meanwhile, then that is told, and it is not kept', async ({
  world,
}) => {
  const { url } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': async (response, request) => {
      await truncate(file, 10);
      for await (const _ of request as AsyncIterable<Buffer>);
      send(response, 201, {});
    },
  });
  const file = await sparse(world, SIZE);
  const adding = await world.gantry(['gate', 'models', 'add', file, '--url', url, '--json']);
  expect(adding.json().error).toMatchObject({ code: 'gate-file-changed' });
});

test('given a gateway that takes nothing any more, then that is told in time', async ({ world }) => {
  const { url, asked } = await openContract(world, {
    'GET /api/v1/models': (response) => send(response, 200, []),
    'POST /api/v1/models': () => undefined,
  });
  const add = ['gate', 'models', 'add', await sparse(world, SIZE), '--url', url, '--within', '2', '--json'];
  expect((await world.gantry(add)).json().error).toMatchObject({ code: 'gate-timeout' });
  await until(() => asked.includes('POST /api/v1/models'), { what: 'it to have been asked' });
});
