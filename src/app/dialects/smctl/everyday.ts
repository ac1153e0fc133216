import type { Acting } from '../dialect.ts';
import { branchOf } from './prefix.ts';
import { flowResult, linesIfDone } from './repos.ts';

const feat: Acting = {
  id: 'feat',
  summary: 'Begin a feature with a worktree in every repo',
  takes: { name: { type: 'string', positional: true, description: 'Name of the feature' } },
  calls: ({ name }) => [{ action: 'feat', input: { name } }],
  would: ({ name }) => `would start feature '${name}' with worktree`,
  lines: (told) => linesIfDone(told, `started feature '${told.given.name}' with worktree`),
  json: (told) => flowResult(told, 'feature start', branchOf('feature', told.given.name, told.place)),
};

const done: Acting = {
  id: 'done',
  summary: 'Finish a feature and remove its worktrees',
  takes: {
    name: { type: 'string', positional: true, completes: 'feature', description: 'Name of the feature' },
  },
  calls: ({ name }) => [{ action: 'done', input: { name } }],
  would: ({ name }) => `would finish feature '${name}' and remove worktree`,
  lines: (told) => linesIfDone(told, `finished feature '${told.given.name}' and removed worktree`),
  json: (told) => flowResult(told, 'feature finish', branchOf('feature', told.given.name, told.place)),
};

/** The short forms. */
export const everyday: readonly Acting[] = [feat, done];
