import { expect, test } from 'vitest';
import { candidates, type Values } from '#app/cli/completion/candidates.ts';
import { CARDS } from './cards.ts';

const values: Values = async (completes) =>
  ({ repo: ['api', 'web', 'app'], branch: ['main', 'develop'] })[completes as 'repo' | 'branch']?.map(
    (word) => ({
      word,
      description: '',
    }),
  ) ?? [];

const complete = async (line: string) =>
  (await candidates(line.split(' '), CARDS, values)).map(({ word }) => word);

test.each([
  ['', ['undo', 'repo', 'flow']],
  ['re', ['repo']],
  ['repo ', ['status', 'reset']],
  ['flow feature ', ['start']],
  ['repo status a', ['api', 'app']],
  ['repo status api ', ['web', 'app']],
  ['repo reset --to ', ['main', 'develop']],
  ['repo reset --mode k', ['keep']],
  ['repo reset --a', ['--all']],
  ['undo list --he', ['--headless', '--help']],
  ['nothing here ', []],
])('%j completes to %j', async (line, words) => {
  expect(await complete(line)).toEqual(words);
});
