import { expect, test } from 'vitest';
import type { Activity } from '#engines/activity/types.ts';
import { columns } from '#panes/activity/columns.ts';
import { textOf } from '#panes/kit/line.ts';

const outcome = columns.find(({ id }) => id === 'steps');

test.each([
  ['done', '9 done, 5 skipped', '9 done, 5 skipped'],
  ['running', '2 done, 1 open', '2 done, 1 open'],
  ['refused', '9 done, 5 skipped, 2 refused', '2 refused, 9 done, 5 skipped'],
  ['failed', '1 failed', '1 failed'],
  ['failed', '3 done, 1 replan', 'failed: 3 done, 1 replan'],
  ['cancelled', '1 done, 2 cancelled', '2 cancelled, 1 done'],
  ['interrupted', '', 'interrupted'],
  ['interrupted', '1 done, 1 open', 'interrupted: 1 done, 1 open'],
] as const)('%s with %j is told as %j', (status, summary, told) => {
  const row = { status, summary, undoneBy: null } as Activity;
  expect(textOf(outcome?.cell(row, { sign: () => '', now: 0 }) ?? [])).toBe(told);
});
