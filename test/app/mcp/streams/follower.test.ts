import { describe, expect, test } from 'vitest';
import { followerOf } from '../../../../src/app/mcp/streams/follower.ts';

const signal = new AbortController().signal;
const NOW = { wait: 0, signal };

/** A stream that tells what it is given, until it is ended. */
const channel = () => {
  const waiting: unknown[] = [];
  let taken = 0;
  let wake = Promise.withResolvers<void>();
  let over = false;
  const give = (...events: unknown[]) => {
    waiting.push(...events);
    wake.resolve();
  };
  const end = () => {
    over = true;
    wake.resolve();
  };
  async function* source() {
    for (;;) {
      while (waiting.length > 0) {
        taken++;
        yield waiting.shift();
      }
      if (over) return;
      await wake.promise;
      wake = Promise.withResolvers();
    }
  }
  return { give, end, source: source(), taken: () => taken };
};

describe('a follower', () => {
  test('returns what there is, in pages, without loss or repetition', async () => {
    const { give, source } = channel();
    const follower = followerOf(source);
    give('a', 'b', 'c');
    expect(await follower.read({ ...NOW, from: 0, limit: 2 })).toEqual({ events: ['a', 'b'], next: 2 });
    give('d');
    expect(await follower.read({ ...NOW, from: 2, limit: 9 })).toEqual({ events: ['c', 'd'], next: 4 });
    expect(await follower.read({ ...NOW, from: 4, limit: 9 })).toEqual({ events: [], next: 4 });
  });

  test('gives the same page again until a later one is asked for', async () => {
    const { give, source } = channel();
    const follower = followerOf(source);
    give('a', 'b');
    const page = { events: ['a', 'b'], next: 2 };
    expect(await follower.read({ ...NOW, from: 0, limit: 2 })).toEqual(page);
    expect(await follower.read({ ...NOW, from: 0, limit: 2 })).toEqual(page);
    await follower.read({ ...NOW, from: 2, limit: 2 });
    expect(await follower.read({ ...NOW, from: 0, limit: 2 })).toBeUndefined();
    expect(await follower.read({ ...NOW, from: 3, limit: 2 })).toBeUndefined();
  });

  test('waits for the first event where there is none yet', async () => {
    const { give, source } = channel();
    const follower = followerOf(source);
    const page = follower.read({ from: 0, limit: 5, wait: 60_000, signal });
    give('late');
    expect(await page).toEqual({ events: ['late'], next: 1 });
  });

  test('takes nothing from the stream that nobody has asked for', async () => {
    const { give, source, taken } = channel();
    const follower = followerOf(source);
    give('a', 'b', 'c');
    await follower.read({ ...NOW, from: 0, limit: 1 });
    expect(taken()).toBe(1);
  });

  test('keeps what came for a reader who has gone', async () => {
    const { give, source } = channel();
    const follower = followerOf(source);
    const gone = new AbortController();
    const page = follower.read({ from: 0, limit: 5, wait: 60_000, signal: gone.signal });
    gone.abort();
    expect(await page).toEqual({ events: [], next: 0 });
    give('a');
    expect(await follower.read({ ...NOW, from: 0, limit: 1 })).toEqual({ events: ['a'], next: 1 });
  });

  test('says when the stream is over', async () => {
    const { give, end, source } = channel();
    const follower = followerOf(source);
    give('last');
    end();
    expect(await follower.read({ ...NOW, from: 0, limit: 5 })).toEqual({ events: ['last'], next: undefined });
  });

  test('gives what came before a failure, then the failure', async () => {
    async function* failing() {
      yield 'a';
      throw new Error('broken');
    }
    const follower = followerOf(failing());
    expect(await follower.read({ ...NOW, from: 0, limit: 5 })).toEqual({ events: ['a'], next: 1 });
    await expect(follower.read({ ...NOW, from: 1, limit: 5 })).rejects.toThrow('broken');
  });

  test('serves readers that come at once in turn', async () => {
    const { give, source } = channel();
    const follower = followerOf(source);
    give('a', 'b');
    const pages = [0, 1].map((from) => follower.read({ ...NOW, from, limit: 1 }));
    expect(await Promise.all(pages)).toEqual([
      { events: ['a'], next: 1 },
      { events: ['b'], next: 2 },
    ]);
  });
});
