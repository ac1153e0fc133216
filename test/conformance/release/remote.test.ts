import { conform } from '../conform.ts';
import { begun, git, inWorktree, on, overtaken, published, steps, tagged } from '../steps.ts';
import type { Step } from '../twin.ts';

const open = begun('release/1.0.0');
const finish = 'release finish 1.0.0 -m Released';
const refused = { flow: finish, ends: 'refused' } as const;

/** As if the worktree came only after the finish. */
const withoutWorktree = (then: Step): Step =>
  steps(
    git('worktree', 'remove', '../linked'),
    git('flow', 'release', 'finish', '1.0.0', '-f', '../message'),
    then,
  );

conform('release finish beside another worktree', [
  {
    name: 'that has main',
    given: [open, inWorktree('main')],
    runs: [
      {
        flow: finish,
        differs: {
          fault: 'merged-elsewhere',
          ends: 'refused',
          mend: withoutWorktree(inWorktree('main')),
        },
      },
    ],
  },
  {
    name: 'that has develop',
    given: [open, inWorktree('develop')],
    runs: [
      {
        flow: finish,
        differs: {
          fault: 'merged-elsewhere',
          ends: 'refused',
          mend: withoutWorktree(steps(on('main'), inWorktree('develop'))),
        },
      },
    ],
  },
]);

conform('release finish with a remote', [
  { name: 'not pushed', on: 'cloned', given: [open], runs: [finish] },
  {
    name: 'main behind origin, which it follows first',
    on: 'cloned',
    given: [open, overtaken('main')],
    runs: [`${finish} --ff-master`],
  },
  { name: 'pushed', on: 'cloned', given: [open], runs: [`${finish} -p`] },
  {
    name: 'published and pushed',
    on: 'cloned',
    given: [open, published('release/1.0.0')],
    runs: [`${finish} -p`],
  },
  { name: 'pushed without a tag', on: 'cloned', given: [open], runs: ['release finish 1.0.0 -n -p'] },
  {
    name: 'pushed beside another tag',
    on: 'cloned',
    given: [tagged('scratch'), open],
    runs: [
      {
        flow: `${finish} -p`,
        differs: { fault: 'all-tags', mend: git('push', '--quiet', 'origin', ':refs/tags/scratch') },
      },
    ],
  },
  {
    name: 'published and not pushed',
    on: 'cloned',
    given: [open, published('release/1.0.0')],
    runs: [
      {
        flow: finish,
        differs: {
          fault: 'origin-before-develop',
          mend: git('push', '--quiet', 'origin', 'main^2:refs/heads/release/1.0.0'),
        },
      },
    ],
  },
  {
    name: 'published, and others have pushed to it',
    on: 'cloned',
    given: [open, published('release/1.0.0'), overtaken('release/1.0.0', { fetched: false })],
    runs: [refused],
  },
  { name: 'main behind origin', on: 'cloned', given: [open, overtaken('main')], runs: [refused] },
  { name: 'develop behind origin', on: 'cloned', given: [open, overtaken('develop')], runs: [refused] },
  {
    name: 'main behind origin, fetching',
    on: 'cloned',
    given: [open, overtaken('main', { fetched: false })],
    runs: [{ flow: `${finish} -F`, ends: 'refused' }],
  },
]);
