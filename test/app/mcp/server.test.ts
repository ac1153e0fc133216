import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { isAlive } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { connect, gantryCommand } from './client.ts';

interface Message {
  id?: number | string;
  result?: { content?: { text: string }[]; protocolVersion?: string };
  error?: { code: number; message: string };
}

const request = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

const INITIALIZE = request(1, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'robot', version: '1' },
});

const LIST = { name: 'activity_list', arguments: {} };

const start = (world: World) => {
  const [file, ...before] = gantryCommand();
  return world.start(file, [...before, 'mcp']);
};

const serve = (world: World, input: string, args: string[] = []) => {
  const [file, ...before] = gantryCommand();
  return world.run(file, [...before, 'mcp', ...args], { input });
};

describe('the server', () => {
  test('answers what was asked before its input ended, then ends', async ({ world }) => {
    const { code, stderr, ...end } = await serve(world, INITIALIZE + request(2, 'tools/call', LIST));
    const answers = end.ndjson<Message>();
    expect(answers.map(({ id }) => id)).toEqual([1, 2]);
    expect(answers[1]?.result?.content?.[0]?.text).toBe('{"activities":[]}');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('ends although somebody waits for a stream', async ({ world }) => {
    const wait = { name: 'activity_follow', arguments: { waitSeconds: 60 } };
    const { code, ...end } = await serve(world, INITIALIZE + request(2, 'tools/call', wait));
    expect(code).toBe(0);
    expect(end.ndjson<Message>().map(({ id }) => id)).toEqual([1]);
  });

  test('goes on after garbage, says so on both sides, and writes nothing but the protocol', async ({
    world,
  }) => {
    const garbage = ['garbage', '{"jsonrpc":"2.0"', '[]', '42', '{"id":7}', '\u001b[2J', ''].join('\n');
    const { stderr, ...end } = await serve(world, `${garbage}\n${INITIALIZE}`);
    const answers = end.ndjson<Message>();
    expect(answers.flatMap(({ error }) => error?.code ?? [])).toEqual([
      -32700, -32700, -32600, -32600, -32600, -32700, -32700,
    ]);
    expect(answers.at(-1)).toMatchObject({ id: 1, result: { protocolVersion: '2025-11-25' } });
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      'gantry: The message is not JSON.',
      'gantry: The message is not JSON.',
      'gantry: The message is not JSON-RPC.',
    ]);
  });

  test('refuses what it does not know and goes on', async ({ world }) => {
    const { code, ...end } = await serve(
      world,
      INITIALIZE +
        request(2, 'server/discover') +
        request(3, 'tools/call', { arguments: {} }) +
        request(4, 'tools/call', LIST),
    );
    const answers = new Map(end.ndjson<Message>().map((answer) => [answer.id, answer]));
    expect(answers.get(2)?.error?.code).toBe(-32601);
    expect(answers.get(3)?.error).toBeDefined();
    expect(answers.get(4)?.result).toBeDefined();
    expect(code).toBe(0);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends on %s with nothing left behind',
    async (signal) => {
      const { createWorld } = await import('../../rig/home.ts');
      await using world = await createWorld();
      const running = start(world);
      running.write(INITIALIZE);
      await running.waitFor(/"id":1/);
      const { code } = await running.stop(signal);
      expect(code).toBe(130);
      expect(world.processes()).toEqual([]);
    },
  );

  test('ends when nobody reads its answers any more', async ({ world }) => {
    const [file, ...before] = gantryCommand();
    const script = `exec 3<&0; "$@" <&3 | head -c 20 >/dev/null`;
    const running = world.start('sh', ['-c', script, 'sh', file, ...before, 'mcp']);
    for (let id = 1; id < 50; id++) running.write(INITIALIZE);
    await running.exit;
    expect(world.processes()).toEqual([]);
  });

  test('goes with the client', async ({ world }) => {
    const { pid, close } = await connect(world);
    expect(isAlive(pid)).toBe(true);
    await close();
    expect(isAlive(pid)).toBe(false);
  });

  test('shows help where that is asked for', async ({ world }) => {
    const { code, stdout } = await serve(world, '', ['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--read-only');
  });

  test.for<[string[], RegExp]>([
    [['--tool', 'x'], /--tool.*\n.*not started.*\nnext: gantry mcp --help/],
    [['extra'], /extra/],
    [['--tools', 'activity_lst'], /did you mean activity_list\?/],
    [['--tools', 'nothing_*'], /nothing_\*/],
  ])('does not start with %j', async ([args, message], { world }) => {
    const { code, stdout, stderr } = await serve(world, INITIALIZE, args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});
