import { conform } from '../conform.ts';
import {
  begun,
  config,
  git,
  on,
  signing,
  staged,
  steps,
  tagged,
  unstaged,
  untracked,
  workOn,
} from '../steps.ts';

const open = begun('release/1.0.0');
const finish = 'release finish 1.0.0 -m Released';
const refused = { flow: finish, ends: 'refused' } as const;

conform('release finish', [
  { name: 'one commit', given: [open], runs: [finish] },
  { name: 'two commits', given: [begun('release/1.0.0', { commits: 2 })], runs: [finish] },
  { name: 'no commit', given: [begun('release/1.0.0', { commits: 0 })], runs: [finish] },
  {
    name: 'what is in main already',
    given: [begun('release/1.0.0', { from: 'main', commits: 0 })],
    runs: [finish],
  },
  { name: 'where develop has moved', given: [open, workOn('develop')], runs: [finish] },
  { name: 'where main has moved', given: [open, workOn('main')], runs: [finish] },
  { name: 'the one that is checked out', given: [open], runs: ['release finish -m Released'] },
  { name: 'from develop', given: [open, on('develop')], runs: [finish] },
  { name: 'from a feature', given: [open, begun('feature/login')], runs: [finish] },
  { name: 'with untracked files', given: [open, untracked], runs: [finish] },
  { name: 'with a prefix of tags', given: [config('gitflow.prefix.versiontag', 'v'), open], runs: [finish] },
  { name: 'with another tag name', given: [open], runs: [`${finish} -T spring`] },
  { name: 'without a tag', given: [open], runs: ['release finish 1.0.0 -n'] },
  { name: 'merging the branch instead of the tag', given: [open], runs: [`${finish} -b`] },
  { name: 'merging the branch, without a tag', given: [open], runs: ['release finish 1.0.0 -n -b'] },
  { name: 'squashed', given: [begun('release/1.0.0', { commits: 2 })], runs: [`${finish} -S`] },
  {
    name: 'squashed, which its message tells',
    given: [begun('release/1.0.0', { commits: 2 })],
    runs: [`${finish} -S --squash-info`],
  },
  { name: 'kept', given: [open], runs: [`${finish} -k`] },
  { name: 'signed', given: [open, signing], runs: [`${finish} -s`] },
  { name: 'with a key, unsigned', given: [open, signing], runs: [finish] },
  {
    name: 'with a message of several words',
    given: [open],
    runs: [{ flow: ['release', 'finish', '1.0.0', '-m', "Released: it's $HOME\n\nAt last."] }],
  },
  {
    name: 'with a message',
    given: [open],
    runs: [
      {
        flow: 'release finish 1.0.0 --message Released',
        gantry: finish,
        differs: {
          fault: 'tag-message',
          // The message of the tag is in that of the merge, too.
          mend: steps(
            git('tag', '--annotate', '--force', '-m', 'Released', '1.0.0', 'main'),
            git('reset', '--quiet', '--hard', 'HEAD^'),
            git('merge', '--quiet', '--no-ff', '1.0.0'),
          ),
        },
      },
    ],
  },
  {
    name: 'started from another branch',
    given: [begun('feature/big'), begun('release/1.0.0', { from: 'feature/big' })],
    runs: [finish],
  },
]);

conform('release finish is refused', [
  {
    name: 'on develop without a name',
    given: [open, on('develop')],
    runs: [{ flow: 'release finish -m Released', ends: 'refused' }],
  },
  { name: 'for a name that is not there', runs: [refused] },
  { name: 'with unstaged changes', given: [open, unstaged], runs: [refused] },
  { name: 'with staged changes', given: [open, staged], runs: [refused] },
  { name: 'where another commit has the tag', given: [open, tagged('1.0.0', 'develop')], runs: [refused] },
]);
