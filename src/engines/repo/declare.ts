import { flag, text, texts } from '#engines/core/fields.ts';

// Inputs that actions on a repo and on one of its worktrees have in common.

export const paths = () =>
  texts({ description: 'Only these paths, from the top of the repo', positional: true, completes: 'file' });

/** What is compared with what. */
export const diffRange = () => ({
  paths: paths(),
  staged: flag({ description: 'Only what is staged' }),
  from: text({ description: 'Older commit; HEAD unless told', completes: 'branch' }),
  to: text({ description: 'Newer commit; the working tree unless told', completes: 'branch' }),
});
