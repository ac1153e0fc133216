import { describe, expect, test } from 'vitest';
import { pageOf } from '../../../src/app/mcp/pages.ts';

const PAGING = { keyOf: (item: string) => item, size: 50 };
const items = Array.from({ length: 120 }, (_, index) => `tool-${index}`);

describe('a long list', () => {
  test('comes in pages that leave nothing out and repeat nothing', () => {
    const found: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = pageOf(items, cursor, PAGING);
      found.push(page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(found.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(found.flat()).toEqual(items);
  });

  test('has no further page where the last one is full', () => {
    expect(pageOf(items.slice(0, 50), undefined, PAGING).next).toBeUndefined();
  });

  test('refuses a cursor that it never gave', () => {
    expect(() => pageOf(items, 'x', PAGING)).toThrow(/cursor/);
  });
});
