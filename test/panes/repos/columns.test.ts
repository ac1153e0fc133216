import { expect, test } from 'vitest';
import { columns } from '#panes/repos/columns.ts';
import { NOW, repo } from '../../app/tui/fixtures/repos.ts';

const LOOK = { sign: (name: string) => `<${name}>`, now: NOW };

const cell = (id: string, row: ReturnType<typeof repo>): string => {
  const column = columns.find((one) => one.id === id);
  return (column?.cell(row, LOOK) ?? []).map(({ text }) => text).join('');
};

test('what is not known of a repo is shown as not known, and why', () => {
  const partial = 'over its budget of 1000 ms: files were not looked at';
  const unknown = {
    ahead: null,
    behind: null,
    staged: null,
    changed: null,
    untracked: null,
    conflicted: null,
  };
  const row = repo('huge', { ...unknown, upstream: null, stashes: null, partial, lastCommit: null });
  expect(cell('sign', row)).toBe('<reading>');
  expect(cell('sync', row)).toBe('?');
  expect(cell('changes', row)).toBe('?');
  expect(cell('notes', row)).toBe('partial');
  expect(cell('commit', row)).toBe(partial);

  const clean = repo('api');
  expect(cell('sign', clean)).toBe('<clean>');
  expect([cell('sync', clean), cell('changes', clean)]).toEqual(['', '']);
});
