import { expect, test } from 'vitest';
import { columns } from '#panes/worktrees/columns.ts';
import { offers } from '#panes/worktrees/offers.ts';
import { worktrees } from '#panes/worktrees/pane.ts';
import { WORKTREES, worktree } from '../../app/tui/fixtures/flow.ts';
import { NOW } from '../../app/tui/fixtures/repos.ts';

const LOOK = { sign: (name: string) => `<${name}>`, now: NOW };

const cell = (id: string, row: ReturnType<typeof worktree>): string => {
  const column = columns.find((one) => one.id === id);
  return (column?.cell(row, LOOK) ?? []).map(({ text }) => text).join('');
};

test('a worktree says first what keeps a person from removing it', () => {
  expect(cell('state', worktree('login', 'api', { operation: 'merge', lease: 'grace (human)' }))).toBe(
    'merge grace (human)',
  );
  expect(cell('state', worktree('login', 'api', { locked: '' }))).toBe('locked');
  expect(cell('state', worktree('login', 'api', { locked: 'on a disk' }))).toBe('locked on a disk');
  const gone = worktree('login', 'api', { state: 'missing' });
  expect([cell('state', gone), cell('sign', gone), cell('branch', gone)]).toEqual(['gone', '<missing>', '']);
});

test('what is not known of a worktree is shown as not known', () => {
  const row = worktree('huge', 'api', { untracked: null, changed: null, upstream: 'origin/x', ahead: null });
  expect([cell('sign', row), cell('changes', row), cell('sync', row)]).toEqual(['<reading>', '?', '?']);
});

test('sets stand together, what is in none last', () => {
  const sorted = WORKTREES.toSorted((a, b) => worktrees.compare?.(a, b) ?? 0);
  expect(sorted.map(worktrees.name)).toEqual(['gone/api', 'login/api', 'login/web', 'trial/docs', 'by-hand']);
});

test('those that stay as they are until somebody decides are the ones that need a person', () => {
  expect(WORKTREES.filter(worktrees.needsYou).map(worktrees.name)).toEqual(['gone/api', 'by-hand']);
});

test('a holder who was not heard of again is shown, and needs a person until somebody takes it over', () => {
  const ended = worktree('login', 'api', { leaseEnded: 'robot (agent)' });
  expect([cell('state', ended), cell('sign', ended)]).toEqual(['left by robot (agent)', '<clean>']);
  expect(worktrees.needsYou(ended)).toBe(true);
  expect(worktrees.needsYou({ ...ended, lease: 'ada (human)', leaseEnded: null })).toBe(false);
});

test('marked ones are locked unless every one of them is', () => {
  const lock = offers.find(({ id }) => id === 'worktrees.lock');
  const [open, locked] = [worktree('a', 'api'), worktree('a', 'web', { locked: '' })];
  expect([[open], [locked], [open, locked]].map((rows) => lock?.call(rows).action)).toEqual([
    'worktree.lock',
    'worktree.unlock',
    'worktree.lock',
  ]);
});
