import { conform } from '../conform.ts';
import {
  begun,
  config,
  git,
  on,
  overtaken,
  published,
  signing,
  steps,
  tagged,
  unstaged,
  workOn,
} from '../steps.ts';

const open = begun('hotfix/1.0.1', { from: 'main' });
const finish = 'hotfix finish 1.0.1 -m Fixed';
const refused = { flow: finish, ends: 'refused' } as const;

conform('hotfix finish', [
  { name: 'one commit', given: [open], runs: [finish] },
  { name: 'two commits', given: [begun('hotfix/1.0.1', { from: 'main', commits: 2 })], runs: [finish] },
  {
    name: 'where main and develop have moved',
    given: [open, workOn('main'), workOn('develop')],
    runs: [finish],
  },
  { name: 'the one that is checked out', given: [open], runs: ['hotfix finish -m Fixed'] },
  { name: 'from develop', given: [open, on('develop')], runs: [finish] },
  {
    name: 'with an open release, to develop all the same',
    given: [begun('release/1.1.0'), open],
    runs: [finish],
  },
  { name: 'with a prefix of tags', given: [config('gitflow.prefix.versiontag', 'v'), open], runs: [finish] },
  { name: 'with another tag name', given: [open], runs: [`${finish} -T patch`] },
  { name: 'without a tag', given: [open], runs: ['hotfix finish 1.0.1 -n'] },
  { name: 'merging the branch instead of the tag', given: [open], runs: [`${finish} -b`] },
  { name: 'kept', given: [open], runs: [`${finish} -k`] },
  {
    name: 'squashed and kept',
    given: [begun('hotfix/1.0.1', { from: 'main', commits: 2 })],
    runs: [`${finish} -S -k`],
  },
  { name: 'signed', given: [open, signing], runs: [`${finish} -s`] },
  {
    name: 'started from a support branch',
    given: [
      git('checkout', '--quiet', '-b', 'support/1.x', 'main'),
      workOn('main'),
      begun('hotfix/1.0.1', { from: 'support/1.x' }),
    ],
    runs: [finish],
  },
  {
    name: 'no commit',
    given: [begun('hotfix/1.0.1', { from: 'main', commits: 0 })],
    runs: [
      {
        ...refused,
        differs: {
          fault: 'empty-hotfix',
          ends: 'ok',
          mend: steps(
            git('tag', '--delete', '1.0.1'),
            git('checkout', '--quiet', '-b', 'hotfix/1.0.1', 'main'),
            config('gitflow.branch.hotfix/1.0.1.base', 'main'),
          ),
        },
      },
    ],
  },
]);

conform('hotfix finish is refused', [
  {
    name: 'on develop without a name',
    given: [open, on('develop')],
    runs: [{ flow: 'hotfix finish -m Fixed', ends: 'refused' }],
  },
  { name: 'for a name that is not there', runs: [refused] },
  { name: 'with unstaged changes', given: [open, unstaged], runs: [refused] },
  { name: 'where another commit has the tag', given: [open, tagged('1.0.1', 'develop')], runs: [refused] },
]);

conform('hotfix finish with a remote', [
  { name: 'pushed', on: 'cloned', given: [open], runs: [`${finish} -p`] },
  {
    name: 'published and pushed',
    on: 'cloned',
    given: [open, published('hotfix/1.0.1')],
    runs: [`${finish} -p`],
  },
  {
    name: 'published and not pushed',
    on: 'cloned',
    given: [open, published('hotfix/1.0.1')],
    runs: [
      {
        flow: finish,
        differs: {
          fault: 'origin-before-develop',
          mend: git('push', '--quiet', 'origin', 'main^2:refs/heads/hotfix/1.0.1'),
        },
      },
    ],
  },
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
  { name: 'main behind origin', on: 'cloned', given: [open, overtaken('main')], runs: [refused] },
]);
