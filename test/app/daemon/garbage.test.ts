import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect } from 'vitest';
import { LINE_LIMIT } from '#engines/daemon/lines.ts';
import { encode, PROTOCOL } from '#engines/daemon/wire.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { ADA, caller, filesOf, reach } from './client.ts';

const HELLO = encode({
  kind: 'hello',
  protocol: PROTOCOL,
  version: '1.0.0',
  from: { actor: ADA, cwd: '/' },
  env: {},
});

/** Sends bytes to the daemon and returns what it said until it closed the connection. */
async function say(world: World, bytes: string | Buffer, { hangUp = false } = {}): Promise<unknown[]> {
  const socket = connect({ path: filesOf(world).socket, allowHalfOpen: true });
  world.defer(() => socket.destroy());
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  if (hangUp) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'end');
  return said
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const refused = (code: string, message: string | RegExp) => ({
  kind: 'refused',
  failure: { code, message: expect.stringMatching(message) },
});

describe('given a daemon', () => {
  test.for([
    ['what is not JSON', 'GET / HTTP/1.1\r\n\r\n', 'wire-garbage', /not JSON/],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x0a]), 'wire-garbage', /not JSON/],
    ['a message of no kind', '{}\n', 'wire-garbage', /kind/],
    ['a message of an unknown kind', '{"kind":"dance"}\n', 'wire-garbage', /kind/],
    [
      'a call before hello',
      encode({ kind: 'cancel', id: 1 }),
      'wire-garbage',
      /first message is hello, not cancel/,
    ],
    [
      'a hello of another protocol',
      '{"kind":"hello","protocol":99}\n',
      'protocol-unsupported',
      /protocol 1, not 99/,
    ],
    [
      'a hello from nobody',
      encode({ kind: 'hello', protocol: PROTOCOL } as never),
      'wire-garbage',
      /version, from/,
    ],
  ] as const)(
    'when it gets %s, then it says so once and closes',
    async ([, bytes, code, message], { world }) => {
      await reach(world);

      expect(await say(world, bytes)).toMatchObject([refused(code, message)]);
    },
  );

  test('when a known client sends garbage, then it is refused and nobody else is', async ({ world }) => {
    const host = await reach(world);

    const said = await say(world, `${HELLO}{"kind":"invoke","id":-1}\n${HELLO}`);

    expect(said).toMatchObject([{ kind: 'welcome' }, refused('wire-garbage', /id/)]);
    expect(await host.invoke({ action: 'caller.show', input: {} }, caller(world))).toMatchObject({
      kind: 'data',
    });
  });

  test('when a message is torn, then it says so', async ({ world }) => {
    await reach(world);

    const said = await say(world, `${HELLO}{"kind":"inv`, { hangUp: true });

    expect(said).toMatchObject([{ kind: 'welcome' }, refused('wire-torn', /12 bytes into a message/)]);
  });

  test('when a line never ends, then it is refused before it fills the memory', async ({ world }) => {
    await reach(world);

    expect(await say(world, Buffer.alloc(LINE_LIMIT + 64 * 1024, 'x'))).toMatchObject([
      refused('line-too-long', /longer than 16777216 bytes/),
    ]);
  });

  test('when a client reuses the number of a call, then it is refused', async ({ world }) => {
    await reach(world);
    const call = encode({
      kind: 'subscribe',
      id: 1,
      action: 'storm.watch',
      input: { changes: '0', done: '/dev/null' },
    });

    const said = await say(world, `${HELLO}${call}${call}`);

    expect(said).toMatchObject([{ kind: 'welcome' }, refused('wire-garbage', /Call 1 is still under way/)]);
  });

  test('when a client begins more calls than it may, then the others go on', async ({ world }) => {
    const host = await reach(world);
    const never = { action: 'work.do', input: { until: world.path('work', 'never') } };
    const stop = new AbortController();
    const calls = Array.from({ length: 1_000 }, () =>
      host.invoke(never, caller(world, { signal: stop.signal })),
    );

    expect(await host.invoke(never, caller(world))).toMatchObject({ failure: { code: 'too-many-calls' } });

    stop.abort();
    const codes = (await Promise.all(calls)).map(
      (outcome) => outcome.kind === 'failure' && outcome.failure.code,
    );
    expect(new Set(codes)).toEqual(new Set(['cancelled']));
  });
});
