import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openHub } from '#app/daemon/hub.ts';
import type { ServedHost } from '#app/daemon/surroundings.ts';
import { findCard } from '#app/registry/find.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import { type Channel, openChannel } from '#engines/daemon/channel.ts';
import type { Rows } from '#engines/daemon/rows.ts';
import { ADA } from './client.ts';

const row = (value: number): Rows => ({ set: [{ id: 'a', value }], drop: [], complete: true });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A host whose one stream of rows the test pushes, and how often it was opened. */
function open() {
  const opened: { rows: Channel<Rows>; signal: AbortSignal }[] = [];
  const follow: Host['follow'] = (_, __, { signal }) => {
    const rows = openChannel<Rows>();
    opened.push({ rows, signal });
    return rows;
  };
  const host: ServedHost = {
    card: findCard,
    follow,
    invoke: async () => ({ kind: 'data', data: null }),
    close: async () => {},
  };
  return { hub: openHub(host, { linger: 1_000 }), opened };
}

function subscribe(hub: ReturnType<typeof openHub>, action = 'repo.watch', workspace = '/work') {
  const caller: Caller = {
    actor: ADA,
    cwd: '/work',
    workspace,
    signal: new AbortController().signal,
    report: () => {},
    ask: async () => ({ kind: 'needs-input' }),
  };
  return hub.follow(action, {}, caller)[Symbol.asyncIterator]();
}

test('given the last subscriber leaves, when one comes right back, then the same watcher serves it', async () => {
  const { hub, opened } = open();
  const first = subscribe(hub);
  const one = first.next();
  opened[0]?.rows.push(row(1));
  await one;
  await first.return?.();
  vi.advanceTimersByTime(999);

  expect(await subscribe(hub).next()).toEqual({ done: false, value: row(1) });

  vi.advanceTimersByTime(10_000);
  expect(opened.map(({ signal }) => signal.aborted)).toEqual([false]);
  expect(hub.size).toBe(1);
});

test('given the last subscriber leaves, when nobody comes back, then the watcher is closed', async () => {
  const { hub, opened } = open();
  const first = subscribe(hub);
  const one = first.next();
  opened[0]?.rows.push(row(1));
  await one;
  await first.return?.();

  vi.advanceTimersByTime(1_000);

  expect(opened.map(({ signal }) => signal.aborted)).toEqual([true]);
  expect(hub.size).toBe(0);
});

test('given a subscriber that is slow, when rows change, then it gets one change with the last of each', async () => {
  const { hub, opened } = open();
  const slow = subscribe(hub);
  const quick = subscribe(hub);
  const begun = [slow.next(), quick.next()];
  opened[0]?.rows.push(row(1));
  await Promise.all(begun);

  for (const value of [2, 3, 4]) {
    opened[0]?.rows.push(row(value));
    expect(await quick.next()).toEqual({ done: false, value: row(value) });
  }

  expect(await slow.next()).toEqual({ done: false, value: row(4) });
  expect(opened).toHaveLength(1);
});

test('given streams that are not declared to be shared, when two follow one, then each has its own', async () => {
  const { hub, opened } = open();
  subscribe(hub, 'activity.follow');
  subscribe(hub, 'activity.follow');
  expect(opened).toHaveLength(2);
});

test('given rows of a workspace and rows of this machine, then only the workspace is watched', () => {
  const { hub } = open();
  void subscribe(hub, 'repo.watch', '/srv/shop').next();
  void subscribe(hub, 'activity.watch', '/srv/other').next();
  expect(hub.watched().map(({ workspace }) => workspace)).toEqual(['/srv/shop']);
});
