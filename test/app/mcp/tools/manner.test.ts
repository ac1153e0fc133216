import { describe, expect, test } from 'vitest';
import { MANNERS, mannerOf, ownInput } from '../../../../src/app/mcp/tools/manner.ts';
import { ACTIONS } from '../../../../src/app/registry/actions.ts';

describe('what a surface adds to an input', () => {
  test('is called like no field of an action', () => {
    const clashes = ACTIONS.flatMap(({ id, kind, input }) =>
      Object.keys(input.properties)
        .filter((name) => name in MANNERS[kind].shape)
        .map((name) => `${id} ${name}`),
    );
    expect(clashes).toEqual([]);
  });

  test('is taken apart from the input', () => {
    const given = { repos: ['api'], dryRun: true };
    expect(ownInput('command', given)).toEqual({ repos: ['api'] });
    expect(mannerOf('command', given)).toEqual({ dryRun: true });
  });

  test('is no part of a query', () => {
    expect(ownInput('query', { dryRun: true })).toEqual({ dryRun: true });
  });

  test('has defaults', () => {
    expect(mannerOf('command', {})).toEqual({ dryRun: false });
    expect(mannerOf('stream', {})).toEqual({ maxEvents: 100, waitSeconds: 0 });
  });

  test.each(['', 'a', 'abc', 'abcdefabcdeg', '%', 'f'.repeat(65)])('takes no plan by "%s"', (plan) => {
    expect(() => mannerOf('command', { plan })).toThrow(/hash/);
  });

  test.each([
    { maxEvents: 0 },
    { maxEvents: 1_001 },
    { waitSeconds: -1 },
    { waitSeconds: 61 },
    { waitSeconds: '1' },
    { cursor: 1 },
  ])('refuses %o', (given) => {
    expect(() => mannerOf('stream', given)).toThrow(Object.keys(given)[0]);
  });
});
