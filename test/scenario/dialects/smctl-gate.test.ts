import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { openContract, send } from '../../rig/contract.ts';
import type { World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { openPty } from '../../rig/pty.ts';
import { test } from '../../rig/test.ts';
import { ask, openGateway, spawnServer } from '../gate/house.ts';
import { calledAs, linkTo } from './called.ts';

/** What somebody at a terminal sees of a command. */
const seen = async (world: World, line: string): Promise<string> => {
  const [shell, link] = linkTo(world, 'smctl');
  const at = { cwd: world.path('work'), env: world.environment(), cols: 120, rows: 30 };
  let text = '';
  const pty = openPty({ file: shell, args: [link, ...line.split(' ')], ...at }, (data) => {
    text += data;
  });
  await pty.exit;
  return text.replaceAll('\r\n', '\n');
};

describe('smctl gate, as its specification writes it', () => {
  test('runs against our own gateway, and programs are given JSON', async ({ world }) => {
    const url = await openGateway(world, 'llama-server');
    await spawnServer(world, 'one');
    world.env.MODELGATE_URL = url;
    const smctl = calledAs(world, 'smctl');
    const json = async (line: string) => {
      const { code, stdout, stderr } = await smctl(line);
      expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
      return JSON.parse(stdout);
    };
    for (const line of ['gate status', 'gate health', `gate --url ${url} --timeout 5 status`])
      expect(await json(line)).toEqual({
        ...{
          status: 'healthy',
          version: expect.any(String),
          uptime_secs: expect.any(Number),
          model_count: 1,
        },
      });
    await writeFile(world.path('work', 'phi3.gguf'), 'GGUF');
    expect(await json('gate models add phi3.gguf')).toMatchObject({
      name: 'phi3',
      format: 'gguf',
      size_bytes: 4,
    });
    expect(await json('gate models list')).toMatchObject([
      { name: 'phi3', format: 'gguf', size_bytes: 4, status: 'unloaded', registered_at: expect.any(String) },
      { name: 'tinyllama', status: 'loaded' },
    ]);
    expect(await json('gate models remove phi3 --json')).toEqual({ removed: 'phi3' });
    expect(await json('gate routes set mine one')).toEqual({
      ...{ model: 'mine', endpoint: 'one', active: true, request_count: 0 },
    });
    await writeFile(world.path('work', 'question.json'), '{"prompt":"hello"}');
    expect(await json('gate test mine --input question.json')).toEqual({
      ...{ model: 'mine', output: 'You said: hello', latency_ms: expect.any(Number), tokens_generated: 3 },
    });
    expect(await json('gate routes list')).toMatchObject([{ model: 'mine', request_count: 1 }]);
    const { code, stdout } = await smctl('gate logs');
    expect([
      code,
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).message),
    ]).toEqual([0, ['model registered', 'model removed', 'route set', 'answered']]);
  });

  test('shows people tables, and what to do about what went wrong', async ({ world }) => {
    const url = await openGateway(world, 'llama-server');
    world.env.MODELGATE_URL = url;
    expect(await seen(world, 'gate routes list')).toBe('no routes configured\n');
    await spawnServer(world, 'one');
    expect(await seen(world, 'gate routes set mine one')).toContain("routed model 'mine' -> one\n");
    expect(await seen(world, 'gate routes list')).toBe(
      'MODEL  ENDPOINT  ACTIVE  REQUESTS\nmine   one       yes     0\n',
    );
    const [heads, row] = (await seen(world, 'gate models list')).split('\n');
    expect(heads).toMatch(/^NAME +FORMAT +SIZE +STATUS +REGISTERED$/);
    expect(row).toMatch(/^mine +unknown +0 B +unloaded +-$/);
    expect(await seen(world, 'gate status')).toContain('status: healthy\n');
    expect(await seen(world, 'gate models remove nobody')).toBe(
      'error: model not found: nobody\nremediation: smctl gate models list\n',
    );
    const nobody = `http://127.0.0.1:${await freePort()}`;
    expect(await seen(world, `gate status --url ${nobody}`)).toBe(
      `error: connection refused: ${nobody} — is ModelGate running?\n` +
        'remediation: start it with `gantry gate serve`, or name another one with --url or MODELGATE_URL\n',
    );
  });

  test('follows the log until it is interrupted, which is no failure', async ({ world }) => {
    const url = await openGateway(world, 'llama-server');
    await spawnServer(world, 'one');
    const [shell, link] = linkTo(world, 'smctl');
    const logs = world.start(shell, [link, 'gate', 'logs', '--follow', '--url', url]);
    expect((await ask(url, { model: 'one', prompt: 'hi', stream: false })).status).toBe(200);
    await logs.waitFor(/answered/);
    expect(await logs.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});

describe('smctl gate says what a dry run would do, and asks nobody', () => {
  test.for([
    ['gate status', 'would query http://127.0.0.1:1 for /health'],
    ['gate models list', 'would query http://127.0.0.1:1 for /api/v1/models'],
    ['gate test mine --input q.json', 'would POST q.json -> /api/v1/inference/mine'],
    ['gate logs', 'would query http://127.0.0.1:1 for /api/v1/logs'],
  ] as const)('%s', async ([line, message], { world }) => {
    world.env.MODELGATE_URL = 'http://127.0.0.1:1/';
    const { code, stdout } = await calledAs(world, 'smctl')(`${line} --dry-run`);
    expect([code, stdout]).toEqual([10, expect.stringContaining(message)]);
  });

  test('and of changes, once it has looked', async ({ world }) => {
    const { url, asked } = await openContract(world);
    await writeFile(world.path('work', 'tiny.gguf'), 'x'.repeat(2_048));
    world.env.MODELGATE_URL = url;
    const smctl = calledAs(world, 'smctl');
    const dry = async (...words: string[]) => {
      const { code, stdout } = await smctl([...words, '--dry-run', '--json']);
      return [code, JSON.parse(stdout).message];
    };
    expect(await dry('gate', 'models', 'add', 'tiny.gguf')).toEqual([
      10,
      expect.stringMatching(/^would upload tiny\.gguf \(.+\) and register as 'tiny'$/),
    ]);
    expect(await dry('gate', 'models', 'remove', 'phi 3')).toEqual([10, "would unregister model 'phi 3'"]);
    expect(await dry('gate', 'routes', 'set', 'a', 'b')).toEqual([10, "would route model 'a' -> b"]);
    expect(asked.every((line) => line.startsWith('GET'))).toBe(true);
  });
});

describe('smctl gate tells programs what kind of thing went wrong', () => {
  test.for([
    ['gate status', 'gate_unreachable', 7, 'HTTP 500: out of order'],
    ['gate models list', 'models_list_failed', 7, 'HTTP 500: out of order'],
    ['gate routes list', 'routes_list_failed', 7, 'HTTP 500: out of order'],
    ['gate routes set a b', 'routes_set_failed', 7, 'HTTP 500: out of order'],
    ['gate models remove a', 'models_remove_failed', 7, 'HTTP 500: out of order'],
    ['gate models add work.gguf', 'models_add_failed', 7, 'HTTP 500: out of order'],
    ['gate test a --input q.json', 'inference_failed', 1, 'model not found: a'],
    ['gate logs', 'logs_stream_failed', 7, 'HTTP 500: out of order'],
    ['gate models add nowhere.gguf', 'file_not_found', 1, 'file not found: nowhere.gguf'],
    ['gate test a --input nowhere.json', 'file_not_found', 1, 'file not found: nowhere.json'],
    ['gate status --url nonsense', 'invalid_config', 1, 'invalid endpoint URL: nonsense'],
    ['gate status --timeout 0.001', 'gate_unreachable', 7, 'request timeout after 0.001s'],
  ] as const)('%s: %s', async ([line, error, code, message], { world }) => {
    const broken = line.includes('--timeout')
      ? () => undefined
      : (response: Parameters<typeof send>[0]) => send(response, 500, 'out of order');
    const { url } = await openContract(world, {
      'GET /health': broken,
      'GET /api/v1/models': broken,
      'GET /api/v1/routes': broken,
      'GET /api/v1/logs': broken,
    });
    await writeFile(world.path('work', 'work.gguf'), 'GGUF');
    await writeFile(world.path('work', 'q.json'), '{}');
    const told = await calledAs(world, 'smctl')(line, { env: { MODELGATE_URL: url } });
    expect([told.code, JSON.parse(told.stdout)]).toMatchObject([code, { error, message }]);
  });
});
