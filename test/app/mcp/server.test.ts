import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { isAlive } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { connect, gantryCommand } from './client.ts';

interface Message {
  id?: number | string | null;
  result?: { content?: { text: string }[]; protocolVersion?: string };
  error?: { code: number; message: string };
  params?: object;
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

  test('tells the last progress of a call before its answer, however quick that was', async ({ world }) => {
    const names = ['api', 'docs', 'jobs', 'mail', 'pay', 'shop', 'site', 'web'];
    await createWorkspace(world, Object.fromEntries(names.map((name) => [name, 'clean'] as const)));
    const fetch = { name: 'repo_fetch', arguments: {}, _meta: { progressToken: 7 } };
    const running = start(world);
    running.write(INITIALIZE + request(2, 'tools/call', fetch));
    await running.waitFor(/"id":2\b/);
    const [answer, last] = (await running.stop('SIGTERM')).ndjson<Message>().toReversed();
    expect(answer?.id).toBe(2);
    expect(last?.params).toMatchObject({ progressToken: 7, progress: names.length, total: names.length });
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
    const garbage = ['garbage', '{"jsonrpc":"2.0"', '[]', '42', '{"id":7}', '\u001b[2J', '', ' \r'].join(
      '\n',
    );
    const { stderr, ...end } = await serve(world, `${garbage}\n${INITIALIZE}`);
    const answers = end.ndjson<Message>();
    expect(answers.slice(0, -1).map(({ id, error }) => [id, error?.code])).toEqual([
      [null, -32700],
      [null, -32700],
      [null, -32600],
      [null, -32600],
      [7, -32600],
      [null, -32700],
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
      INITIALIZE + request(2, 'server/discover') + request(3, 'tools/call', LIST),
    );
    const answers = new Map(end.ndjson<Message>().map((answer) => [answer.id, answer]));
    expect(answers.get(2)?.error?.code).toBe(-32601);
    expect(answers.get(3)?.result).toBeDefined();
    expect(code).toBe(0);
  });

  test.for<[string, object, string]>([
    [
      'initialize',
      { protocolVersion: 7, capabilities: {}, clientInfo: { name: 'a', version: '1' } },
      'protocolVersion',
    ],
    ['tools/call', { arguments: {} }, 'params.name'],
    ['tools/call', { name: 'activity_list', arguments: [] }, 'params.arguments'],
    ['tools/list', { cursor: 5 }, 'params.cursor'],
    ['resources/read', { uri: 5 }, 'params.uri'],
    ['resources/subscribe', {}, 'params.uri'],
  ])(
    'says in a sentence what is wrong with the parameters of %s %j',
    async ([method, params, where], { world }) => {
      const { code, ...end } = await serve(world, INITIALIZE + request(2, method, params));
      const { error } = end.ndjson<Message>().find(({ id }) => id === 2) as Message;
      expect(error?.code).toBe(-32602);
      expect(error?.message).toMatch(/^The parameters of .* do not fit: [^\n{}]*\.$/);
      expect(error?.message).toContain(where);
      expect(code).toBe(0);
    },
  );

  test('reads a message that comes in pieces, and two that come in one', async ({ world }) => {
    const running = start(world);
    const [first = '', second = ''] = [INITIALIZE.slice(0, 30), INITIALIZE.slice(30)];
    running.write(first);
    running.write(second + request(2, 'ping') + request(3, 'tools/call', LIST));
    await running.waitFor(/"id":3/);
    await running.stop('SIGTERM');
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
    // Who writes to a pipe is told that nobody reads it, and nobody else is.
    let ended = false;
    void running.exit.finally(() => {
      ended = true;
    });
    const asked = () => {
      running.write(INITIALIZE);
      return ended;
    };
    await until(asked, { what: 'the server to end' });
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
    [['--tools='], /^error: mcp: --tools has an empty name\.$/m],
    [['--tools', 'activity_list,'], /empty name/],
  ])('does not start with %j', async ([args, message], { world }) => {
    const { code, stdout, stderr } = await serve(world, INITIALIZE, args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});
