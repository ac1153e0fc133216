import { describe, expect } from 'vitest';
import { openCallback, resumeCallback, withCallback } from '#engines/process/callback.ts';
import { identify } from '#engines/store/process.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const opened = async (world: World) => {
  const callback = await openCallback();
  world.defer(() => callback.close());
  return callback;
};

const post = async (url: string, body: unknown, method = 'POST') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (await fetch(url, { method, ...(method === 'POST' ? { body: text } : {}) })).status;
};

const WHERE = 'http://localhost:8001';

describe('the address at which a run tells that it is ready', () => {
  test.for([
    { worker_id: 'w', vram_bytes: 1, uri: WHERE },
    { worker_id: 'w', url: WHERE, backend: 'cpu' },
  ])('takes what generations of workers say, once: %o', async (body, { world }) => {
    const { url } = await opened(world);
    expect(await post(url, body)).toBe(200);
    await expect(post(url, body)).rejects.toThrow('fetch failed');
  });

  test('takes nothing else, from nobody else, and waits on', async ({ world }) => {
    const { url } = await opened(world);
    const guessed = url.replace(/[\w-]+$/, 'x'.repeat(36));
    expect(await post(guessed, { uri: WHERE })).toBe(404);
    expect(await post(url, {}, 'GET')).toBe(405);
    for (const body of ['', 'no json', '[]', '{"uri":1}', 'x'.repeat(100_000)]) {
      expect(await post(url, body)).toBe(400);
    }
    expect(await post(url, { uri: WHERE })).toBe(200);
  });

  test('is filled in wherever its name stands, and is on the loopback alone', async ({ world }) => {
    const callback = await opened(world);
    expect(callback.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ready\/[\w-]{36}$/);
    const program = { argv: ['w', '--at={callback}', '{other}'], env: { AT: '{callback}', NONE: undefined } };
    expect(withCallback(program, callback)).toEqual({
      argv: ['w', `--at=${callback.url}`, '{other}'],
      env: { AT: callback.url, NONE: undefined },
    });
    expect(withCallback(program, undefined)).toEqual(program);
  });

  test('is opened again where a process knows it', async ({ world }) => {
    const callback = await openCallback();
    callback.close();
    const running = world.start('sh', ['-c', 'echo up; read -r _', 'worker', callback.url]);
    await running.waitFor(/up/);
    const again = await resumeCallback(identify(running.pid) as string);
    world.defer(() => again?.close());
    expect(again?.url).toBe(callback.url);
    expect(await post(callback.url, { uri: WHERE })).toBe(200);
  });
});
