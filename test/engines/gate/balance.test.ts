import { describe, expect, test } from 'vitest';
import { type Balance, type Candidate, openBalance } from '#engines/gate/relay/balance.ts';

const candidate = (
  id: string,
  more: { weight?: number; rank?: number; isHealthy?: boolean } = {},
): Candidate => ({
  backend: {
    ...{ id, run: `${id}@1`, url: '', dialect: 'openai', model: '', serves: [] },
    isHealthy: more.isHealthy ?? true,
  },
  weight: more.weight ?? 1,
  rank: more.rank ?? 0,
});

const NOBODY: ReadonlySet<string> = new Set();

const nextOf = (balance: Balance, among: Candidate[], tried = NOBODY) =>
  balance.next(among, tried)?.backend.id;

/** How many of so many requests, one after the other, each of them gets. */
const shares = (balance: Balance, among: Candidate[], count: number) => {
  const got = Array.from({ length: count }, () => {
    const next = balance.next(among, NOBODY) as Candidate;
    balance.begin(next).end(true);
    return next.backend.id;
  });
  return Object.fromEntries(among.map(({ backend: { id } }) => [id, got.filter((one) => one === id).length]));
};

describe('the next to be asked', () => {
  test('is the least busy', () => {
    const balance = openBalance(() => 0);
    const [a, b] = [candidate('a'), candidate('b')];
    const use = balance.begin(a);
    expect(nextOf(balance, [a, b])).toBe('b');
    balance.begin(b);
    balance.begin(b);
    expect(nextOf(balance, [a, b])).toBe('a');
    use.end(true);
    expect(balance.activeOf('a')).toBe(0);
  });

  test('takes turns by weight where none is busy', () => {
    const balance = openBalance(() => 0);
    expect(shares(balance, [candidate('a', { weight: 3 }), candidate('b')], 40)).toEqual({ a: 30, b: 10 });
  });

  test('is not only the one that came later, because it has had less', () => {
    const balance = openBalance(() => 0);
    const old = candidate('old');
    shares(balance, [old], 100);
    expect(shares(balance, [old, candidate('new')], 20)).toEqual({ old: 10, new: 10 });
  });

  test('is one that is well before one that is not, and that one before nobody', () => {
    const balance = openBalance(() => 0);
    const [ill, well] = [candidate('ill', { isHealthy: false }), candidate('well')];
    expect(nextOf(balance, [ill, well])).toBe('well');
    expect(nextOf(balance, [ill, well], new Set(['well']))).toBe('ill');
    expect(nextOf(balance, [ill, well], new Set(['well', 'ill']))).toBeUndefined();
  });

  test('is a fallback only where none of the others is well, in their order', () => {
    const balance = openBalance(() => 0);
    const first = candidate('first');
    const among = [candidate('last', { rank: 2 }), candidate('spare', { rank: 1 }), first];
    balance.begin(first);
    expect(nextOf(balance, among)).toBe('first');
    balance.begin(first).end(false);
    expect(nextOf(balance, among)).toBe('spare');
  });
});

describe('one that has failed', () => {
  test('rests, longer each time, and is asked again', () => {
    let now = 0;
    const balance = openBalance(() => now);
    const [a, b] = [candidate('a'), candidate('b', { weight: 1_000 })];
    const fail = () => balance.begin(b).end(false);
    fail();
    expect(nextOf(balance, [a, b])).toBe('a');
    now = 1_000;
    expect(balance.isResting(b.backend)).toBe(false);
    fail();
    now = 2_000;
    expect(balance.isResting(b.backend)).toBe(true);
    now = 3_000;
    balance.begin(b).end(true);
    expect(balance.isResting(b.backend)).toBe(false);
  });

  test('is well in its next run, in which an answer of the last one counts for nothing', () => {
    const balance = openBalance(() => 0);
    const before = candidate('a');
    const late = balance.begin(before);
    balance.begin(before).end(false);
    const after = { ...before.backend, run: 'a@2' };
    expect([balance.isResting(before.backend), balance.isResting(after)]).toEqual([true, false]);
    late.end(false);
    expect(balance.isResting(after)).toBe(false);
    expect(balance.activeOf('a')).toBe(0);
  });
});
