import { describe, expect, test, vi } from 'vitest';
import type { Source } from '../../../../src/app/mcp/resources/catalog.ts';
import { openWatches } from '../../../../src/app/mcp/resources/watches.ts';
import type { RowDelta } from '../../../../src/engines/core/rows.ts';

const request = { client: 'robot', signal: new AbortController().signal };
const source = (rows: Source['rows']): Source => ({
  action: 'repo.status',
  input: {},
  watch: 'repo.watch',
  rows,
});
let revision = 0;
const delta = (set: string[], { drop = [] as string[], complete = true } = {}): RowDelta<unknown> => ({
  set: set.map((name) => ({ name, state: revision++ })),
  drop,
  complete,
});

/** Rows whose deltas the test gives one by one; `give` resolves once a delta has been taken in. */
const rows = () => {
  let next = Promise.withResolvers<RowDelta<unknown> | undefined>();
  let taken = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  async function* follow(_action: string, _request: unknown, signal: AbortSignal) {
    signals.push(signal);
    signal.addEventListener('abort', () => next.resolve(undefined));
    for (;;) {
      const event = await next.promise;
      if (!event) return;
      next = Promise.withResolvers();
      yield event;
      taken.resolve();
      taken = Promise.withResolvers();
    }
  }
  const give = (event: RowDelta<unknown>) => {
    const done = taken.promise;
    next.resolve(event);
    return done;
  };
  return { follow, give, signals, fail: (why: Error) => next.reject(why) };
};

const setUp = () => {
  const stream = rows();
  const changed = vi.fn<(uri: string) => void>();
  const membersChanged = vi.fn<(action: string) => void>();
  const watches = openWatches({ follow: stream.follow, changed, membersChanged });
  return { ...stream, changed, membersChanged, watches };
};

describe('subscriptions', () => {
  test('are there once the rows are complete, and what came before is no change', async () => {
    const { watches, give, changed } = setUp();
    const added = watches.add('gantry://status', source('all'), request);
    await give(delta(['api'], { complete: false }));
    await give(delta(['web']));
    await added;
    expect(changed).not.toHaveBeenCalled();
  });

  test('are told of the rows that matter to them', async () => {
    const { watches, give, changed, membersChanged } = setUp();
    const added = [
      watches.add('all', source('all'), request),
      watches.add('members', source('members'), request),
      watches.add('api', source({ key: 'api' }), request),
    ];
    await give(delta(['api', 'web']));
    await Promise.all(added);

    await give(delta(['web']));
    expect(changed.mock.calls.flat()).toEqual(['all']);
    expect(membersChanged).not.toHaveBeenCalled();
    changed.mockClear();

    await give(delta(['api']));
    expect(changed.mock.calls.flat()).toEqual(['all', 'api']);
    changed.mockClear();

    await give(delta(['new'], { drop: ['web'] }));
    expect(changed.mock.calls.flat()).toEqual(['all', 'members']);
    expect(membersChanged).toHaveBeenCalledExactlyOnceWith('repo.watch');
  });

  test('are not told of what no document shows', async () => {
    const { watches, give, changed } = setUp();
    const added = watches.add('all', source('all'), request);
    const row = { name: 'api', branch: 'main' };
    await give({ set: [{ ...row, checkedAt: 1, lastCommit: null }], drop: [], complete: true });
    await added;
    await give({ set: [{ ...row, checkedAt: 2, lastCommit: { oid: 'a' } }], drop: [], complete: true });
    expect(changed).not.toHaveBeenCalled();
    await give({ set: [{ ...row, branch: 'next', checkedAt: 3 }], drop: [], complete: true });
    expect(changed).toHaveBeenCalledExactlyOnceWith('all');
  });

  test('share one stream, which ends with the last of them', async () => {
    const { watches, give, signals } = setUp();
    const added = [watches.add('a', source('all'), request), watches.add('b', source('all'), request)];
    await give(delta([]));
    await Promise.all(added);
    watches.remove('a');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    watches.remove('b');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test('end with the request that was cancelled before they were there', async () => {
    const { watches, signals } = setUp();
    const cancel = new AbortController();
    const added = watches.add('a', source('all'), { ...request, signal: cancel.signal });
    cancel.abort();
    await expect(added).rejects.toThrow('repo.watch has ended');
    expect(signals[0]?.aborted).toBe(true);
  });

  test('fail where the stream can not begin', async () => {
    const { watches, fail, changed } = setUp();
    const added = watches.add('a', source('all'), request);
    fail(new Error('no workspace'));
    await expect(added).rejects.toThrow('no workspace');
    expect(changed).not.toHaveBeenCalled();
  });

  test('are told when their stream breaks, and can be made anew', async () => {
    const { watches, give, fail, changed, signals } = setUp();
    const added = watches.add('a', source('all'), request);
    await give(delta([]));
    await added;
    fail(new Error('broken'));
    await vi.waitFor(() => expect(changed).toHaveBeenCalledExactlyOnceWith('a'));
    void watches.add('a', source('all'), request).catch(() => {});
    expect(signals).toHaveLength(2);
    await watches.close();
  });
});
