import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect } from 'vitest';
import { encode, PROTOCOL, WINDOW } from '#engines/daemon/wire.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { ADA, caller, filesOf, reach, statusOf } from './client.ts';

const rowsIn = (world: World) => ({ rows: world.path('work', 'rows'), log: world.path('work', 'log') });
const watchersIn = (world: World) => readFileSync(rowsIn(world).log, 'utf8');
/** Whoever reads the file has the old content or the new. */
const put = (file: string, content: string) => {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
};
const iterate = (events: AsyncIterable<unknown>) => events[Symbol.asyncIterator]();

describe('given rows that two clients watch', () => {
  test('then one watcher serves both, each with all rows first and then what changes', async ({ world }) => {
    const { rows, log } = rowsIn(world);
    put(rows, 'api 1\nweb 1\n');
    const first = iterate((await reach(world)).follow('rows.watch', { rows, log }, caller(world)));
    await first.next();
    put(rows, 'api 2\n');
    const change = { set: [{ id: 'api', value: '2' }], drop: ['web'], complete: true };
    expect(await first.next()).toEqual({ done: false, value: change });

    const second = iterate((await reach(world)).follow('rows.watch', { log, rows }, caller(world)));
    const all = { set: [{ id: 'api', value: '2' }], drop: [], complete: true };
    expect(await second.next()).toEqual({ done: false, value: all });
    put(rows, 'api 3\n');
    const both = [await first.next(), await second.next()];
    expect(both[0]).toEqual(both[1]);
    expect(watchersIn(world)).toBe('opened\n');
    expect(await statusOf(world)).toMatchObject({ clients: 2, subscriptions: 2, watchers: 1 });
  });

  test('when one leaves, then the other one is served on', async ({ world }) => {
    const { rows, log } = rowsIn(world);
    put(rows, 'api 1\n');
    const leaving = await reach(world);
    const first = iterate(leaving.follow('rows.watch', { rows, log }, caller(world)));
    const second = iterate((await reach(world)).follow('rows.watch', { rows, log }, caller(world)));
    await Promise.all([first.next(), second.next()]);

    await leaving.close();
    put(rows, 'api 2\n');

    expect(await second.next()).toMatchObject({ value: { set: [{ id: 'api', value: '2' }] } });
  });

  test('when they are in different workspaces, then each has a watcher', async ({ world }) => {
    const { rows, log } = rowsIn(world);
    put(rows, 'api 1\n');
    const host = await reach(world);
    const follow = (workspace: string) =>
      iterate(host.follow('rows.watch', { rows, log }, caller(world, { workspace })));

    await Promise.all([follow('/a').next(), follow('/b').next()]);

    expect(watchersIn(world)).toBe('opened\nopened\n');
  });
});

describe('given a stream', () => {
  test('when the reader takes nothing, then its source is not read on', async ({ world }) => {
    const pulled = world.path('work', 'pulled');
    const host = await reach(world);
    const numbers = iterate(host.follow('numbers.follow', { pulled }, caller(world)));

    expect(await numbers.next()).toEqual({ done: false, value: { number: 0 } });
    // Everything that the daemon sends without being asked has come before this answer.
    await host.invoke({ action: 'caller.show', input: {} }, caller(world));
    expect(Number(readFileSync(pulled, 'utf8'))).toBeLessThanOrEqual(WINDOW);

    for (let number = 1; number <= 10 * WINDOW; number++) {
      expect(await numbers.next()).toEqual({ done: false, value: { number } });
    }
    await numbers.return?.();
  });

  test('when the signal aborts, then it ends for the caller and in the daemon', async ({ world }) => {
    const stop = new AbortController();
    const host = await reach(world);
    const numbers = iterate(
      host.follow(
        'numbers.follow',
        { pulled: world.path('work', 'pulled') },
        caller(world, { signal: stop.signal }),
      ),
    );
    await numbers.next();

    stop.abort();

    expect(await numbers.next()).toEqual({ done: true, value: undefined });
    await until(async () => (await statusOf(world)).subscriptions === 0, { what: 'the subscription to end' });
  });

  test('when its source breaks, then the reader gets what came before and then the failure', async ({
    world,
  }) => {
    const host = await reach(world);
    const rows = iterate(host.follow('broken.watch', {}, caller(world)));

    expect(await rows.next()).toMatchObject({ value: { set: [{ id: 'a' }] } });
    await expect(rows.next()).rejects.toMatchObject({ failure: { message: 'the source broke' } });
  });

  test('when it ends, then so does the reader', async ({ world }) => {
    const host = await reach(world);

    expect(await Array.fromAsync(host.follow('nothing.follow', {}, caller(world)))).toEqual([]);
  });
});

describe('given a client that stops reading', () => {
  test('when rows change more often than it could ever take, then it gets the last of each', async ({
    world,
  }) => {
    const done = world.path('work', 'done');
    const host = await reach(world);
    const rows = iterate(host.follow('storm.watch', { changes: '50000', done }, caller(world)));
    await rows.next();
    await until(() => readFileSync(done, { encoding: 'utf8', flag: 'a+' }) === 'calm', {
      what: 'the storm to be over',
    });

    const last = new Map<string, number>();
    let taken = 1;
    while (last.get('row-0') !== 50_000) {
      const { value } = (await rows.next()) as { value: { set: { id: string; value: number }[] } };
      taken++;
      for (const row of value.set) last.set(row.id, row.value);
    }
    expect(taken).toBeLessThanOrEqual(2 * WINDOW + 2);
    expect(last.size).toBe(100);
    expect([...last.values()].every((value) => value > 49_900)).toBe(true);
  });

  test('when the action talks on, then it is not held up and the daemon keeps little of it', async ({
    world,
  }) => {
    await reach(world);
    const done = world.path('work', 'done');
    const socket = connect(filesOf(world).socket);
    world.defer(() => socket.destroy());
    await once(socket, 'connect');
    const from = { actor: ADA, cwd: '/' };
    socket.pause();
    socket.write(encode({ kind: 'hello', protocol: PROTOCOL, version: '1.0.0', from, env: {} }));
    socket.write(encode({ kind: 'invoke', id: 1, invocation: { action: 'work.talk', input: { done } } }));

    await until(() => readFileSync(done, { encoding: 'utf8', flag: 'a+' }) === 'talked', {
      what: 'the talk to end',
    });
    await until(async () => (await statusOf(world)).activities?.length === 0, { what: 'the action to end' });

    let received = '';
    socket.setEncoding('utf8').on('data', (text) => {
      received += text;
    });
    socket.resume();
    await until(() => received.includes('"outcome"'), { what: 'the outcome' });
    expect(received.length).toBeLessThan(4 * 1024 * 1024);
    expect(received).toContain('"done":100,');
    expect(received).not.toContain('"done":50,');
  });
});
