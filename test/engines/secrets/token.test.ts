import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { openToken } from '#app/http/token.ts';
import { failureOf } from '#engines/core/errors.ts';
import { ensureToken, isSameToken, readToken } from '#engines/secrets/token.ts';
import { test } from '../../rig/test.ts';

const refusalOf = (work: () => unknown) => {
  try {
    return work();
  } catch (thrown) {
    return failureOf(thrown).code;
  }
};

describe('given no token', () => {
  test('when it is needed, then it is made once, for this user alone', ({ world }) => {
    const file = world.path('state', 'deep', 'http.token');
    expect(readToken(file)).toBeUndefined();
    const token = ensureToken(file);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([ensureToken(file), readToken(file)]).toEqual([token, token]);
    expect(readdirSync(world.path('state', 'deep'))).toEqual(['http.token']);
  });
});

describe('given a file that others can read, that is empty, or that is none', () => {
  test('then it is no token', ({ world }) => {
    const [open, empty, link, directory] = ['open', 'empty', 'link', 'directory'].map((name) =>
      world.path('work', name),
    ) as [string, string, string, string];
    writeFileSync(open, 'token\n');
    chmodSync(open, 0o640);
    writeFileSync(empty, '\n', { mode: 0o600 });
    const kept = world.path('work', 'kept');
    ensureToken(kept);
    symlinkSync(kept, link);
    mkdirSync(directory, { mode: 0o700 });
    const refusals = [open, empty, link, directory].map((file) => refusalOf(() => ensureToken(file)));
    expect(new Set(refusals)).toEqual(new Set(['token-unusable']));
  });
});

describe('given the token of a server', () => {
  test('then a request is admitted by it alone, and by another once its file was taken away', ({ world }) => {
    const token = openToken({ state: world.path('state') }, 'http');
    expect(token.admits('Bearer nonsense')).toBe(false);
    const first = String(readToken(token.file));
    const given = [
      `Bearer ${first}`,
      `bearer ${first}`,
      `Bearer ${first}x`,
      first,
      `Basic ${first}`,
      '',
      undefined,
    ];
    expect(given.map((one) => token.admits(one))).toEqual([true, true, false, false, false, false, false]);
    expect(isSameToken(first, first.slice(1))).toBe(false);
  });
});
