import { describe, expect, test } from 'vitest';
import { age } from '#panes/kit/age.ts';
import { type Column, placeColumns } from '#panes/kit/column.ts';
import { windowTop } from '#panes/kit/window.ts';
import { columns } from '#panes/repos/columns.ts';

const shownAt = (width: number) =>
  placeColumns(columns, width, ({ min }) => min).map(({ column }) => column.id);

describe('columns', () => {
  test('go by how little they are missed, as it gets narrower', () => {
    expect(shownAt(110)).toEqual(['sign', 'name', 'branch', 'sync', 'changes', 'notes', 'commit', 'age']);
    expect(shownAt(70)).toEqual(['sign', 'name', 'branch', 'sync', 'changes', 'notes', 'age']);
    expect(shownAt(46)).toEqual(['sign', 'name', 'branch', 'sync', 'changes']);
    expect(shownAt(32)).toEqual(['sign', 'name', 'branch', 'sync']);
    expect(shownAt(12)).toEqual(['name']);
  });

  test('are as wide as their rows want and their share allows', () => {
    const one = (
      id: string,
      min: number,
      max: number,
      more: Partial<Column<string>> = {},
    ): Column<string> => ({
      id,
      head: id,
      min,
      max,
      priority: 0,
      cell: () => [],
      ...more,
    });
    const placed = placeColumns(
      [one('a', 4, 10), one('b', 4, 6), one('c', 4, 4, { grows: true })],
      40,
      () => 8,
    );
    expect(placed.map(({ width }) => width)).toEqual([8, 6, 22]);
  });
});

describe('the window of a list', () => {
  test('stays where it is while the selection is in sight', () => {
    expect(windowTop(10, 15, 100, 10)).toBe(10);
  });

  test('moves no further than needed, with two rows in sight beyond the selection', () => {
    expect(windowTop(10, 18, 100, 10)).toBe(11);
    expect(windowTop(10, 11, 100, 10)).toBe(9);
  });

  test('ends with the list', () => {
    expect(windowTop(95, 99, 100, 10)).toBe(90);
    expect(windowTop(3, 0, 2, 10)).toBe(0);
  });
});

test('an age changes rarely', () => {
  const minute = 60_000;
  const texts = [
    0,
    59_000,
    5 * minute,
    90 * minute,
    30 * 60 * minute,
    20 * 1440 * minute,
    100 * 1440 * minute,
    800 * 1440 * minute,
  ];
  expect(texts.map(age)).toEqual(['now', 'now', '5m', '1h', '1d', '2w', '3mo', '2y']);
});
