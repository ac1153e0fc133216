import { describe, expect, test } from 'vitest';
import { argumentsIn } from '#app/tui/menus/arguments.ts';
import { CARDS } from './fixtures/cards.ts';

const cardOf = (id: string) => CARDS.find((card) => card.id === id) as (typeof CARDS)[number];

describe('arguments behind an action', () => {
  test.each([
    ['repo.fetch', 'web docs', { repos: ['web', 'docs'] }],
    ['repo.fetch', '--prune web', { repos: ['web'], prune: true }],
    ['repo.fetch', '-p --jobs 4', { prune: true, jobs: 4 }],
    ['repo.fetch', '--jobs=4', { jobs: 4 }],
    [
      'workspace.add',
      'https://git.example.test/x.git --name "two words"',
      { url: 'https://git.example.test/x.git', name: 'two words' },
    ],
    [
      'workspace.exec',
      '--repos web -- git log --oneline',
      { repos: ['web'], command: ['git', 'log', '--oneline'] },
    ],
  ])('%s %s', (id, text, input) => {
    expect(argumentsIn(cardOf(id), text)).toEqual({ input });
  });

  test.each([
    ['repo.fetch', '--purge', '--purge is no option of it'],
    ['undo', '7 8', 'it takes nothing more: 8'],
    ['repo.fetch', 'web --jobs many', '--jobs: it has to be a number'],
    ['repo.fetch', '--jobs=99', '--jobs: at most 16'],
    ['repo.fetch', '--jobs', '--jobs: it is needed'],
    ['repo.clean', '--what all', '--what: one of untracked, ignored'],
  ])('%s %s is explained', (id, text, problem) => {
    expect(argumentsIn(cardOf(id), text).problem).toBe(problem);
  });
});
