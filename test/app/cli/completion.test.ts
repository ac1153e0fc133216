import { expect, test } from 'vitest';
import { candidates } from '#app/cli/completion/candidates.ts';
import type { Values } from '#app/surface/completion/slot.ts';
import { CARDS } from './cards.ts';

const values: Values = async (completes) =>
  ({ repo: ['api', 'web', 'app'], branch: ['main', 'develop'], activity: ['12'] })[
    completes as 'repo' | 'branch' | 'activity'
  ]?.map((word) => ({
    word,
    description: '',
  })) ?? [];

const complete = async (line: string) =>
  (await candidates(line.split(' '), CARDS, values)).map(({ word }) => word);

test.each([
  ['', ['undo', 'repo', 'flow']],
  ['-w ../try re', ['repo']],
  ['--json repo s', ['status']],
  ['--no-c', ['--no-color']],
  ['--ver', ['--version']],
  ['re', ['repo']],
  ['repo ', ['status', 'reset']],
  ['flow feature ', ['start']],
  ['repo status a', ['api', 'app']],
  ['repo status api ', ['web', 'app']],
  ['repo reset --to ', ['main', 'develop']],
  ['repo reset --mode k', ['keep']],
  ['repo reset --to main a', ['api', 'app']],
  ['repo reset --all --al', []],
  ['repo reset -- a', ['api', 'app']],
  ['repo reset --a', ['--all']],
  ['repo status --plan ', []],
  ['repo status --retry ', ['12']],
  ['repo status --timeout 5 w', ['web']],
  ['repo status -w ', []],
  ['repo status --json --js', []],
  ['undo --qui', ['--quiet']],
  ['-w ../try undo ', ['list', '12']],
  ['undo list --limit 5 ', []],
  ['undo list --he', ['--headless', '--help']],
  ['nothing here ', []],
])('%j completes to %j', async (line, words) => {
  expect(await complete(line)).toEqual(words);
});
