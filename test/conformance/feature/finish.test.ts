import { conform } from '../conform.ts';
import {
  begun,
  config,
  git,
  inWorktree,
  on,
  staged,
  steps,
  unstaged,
  untracked,
  work,
  workOn,
} from '../steps.ts';

const one = begun('feature/login');
const two = begun('feature/login', { commits: 2 });
const none = begun('feature/login', { commits: 0 });

conform('feature finish', [
  { name: 'one commit', given: [one], runs: ['feature finish login'] },
  {
    name: 'one commit, and develop has moved',
    given: [one, workOn('develop')],
    runs: ['feature finish login'],
  },
  { name: 'two commits', given: [two], runs: ['feature finish login'] },
  {
    name: 'two commits, and develop has moved',
    given: [two, workOn('develop')],
    runs: ['feature finish login'],
  },
  { name: 'no commit', given: [none], runs: ['feature finish login'] },
  {
    name: 'no commit, and develop has moved',
    given: [none, workOn('develop')],
    runs: ['feature finish login'],
  },
  { name: 'one commit, never fast-forwarding', given: [one], runs: ['feature finish login --no-ff'] },
  { name: 'one commit, squashed', given: [one], runs: ['feature finish login -S'] },
  { name: 'two commits, squashed', given: [two, workOn('develop')], runs: ['feature finish login -S'] },
  {
    name: 'two commits, squashed, which its message tells',
    given: [two, workOn('develop')],
    runs: ['feature finish login -S --squash-info'],
  },
  {
    name: 'two commits, rebased and squashed, which its message tells by the configuration',
    given: [config('gitflow.feature.finish.squash-info', 'true'), two, workOn('develop')],
    runs: ['feature finish login -r -S'],
  },
  { name: 'one commit, rebased', given: [one, workOn('develop')], runs: ['feature finish login -r'] },
  { name: 'two commits, rebased', given: [two, workOn('develop')], runs: ['feature finish login -r'] },
  { name: 'two commits, rebased on what has not moved', given: [two], runs: ['feature finish login -r'] },
  {
    name: 'two commits, rebased and squashed',
    given: [two, workOn('develop')],
    runs: ['feature finish login -r -S'],
  },
  { name: 'kept', given: [two], runs: ['feature finish login -k'] },
  {
    name: 'kept and finished again',
    given: [two],
    runs: ['feature finish login -k', 'feature finish login'],
  },
  { name: 'squashed and kept', given: [two], runs: ['feature finish login -S -k'] },
  { name: 'the one that is checked out', given: [two], runs: ['feature finish'] },
  { name: 'from develop', given: [two, on('develop')], runs: ['feature finish login'] },
  { name: 'from main', given: [two, on('main')], runs: ['feature finish login'] },
  { name: 'options before the name', given: [two], runs: ['feature finish -k --no-ff login'] },
  {
    name: 'started from another branch',
    given: [begun('feature/big'), begun('feature/login', { from: 'feature/big', commits: 2 })],
    runs: ['feature finish login'],
  },
  {
    name: 'without a base in the configuration',
    given: [git('checkout', '--quiet', '-b', 'feature/login'), work(2)],
    runs: ['feature finish login'],
  },
  {
    name: 'whose base is gone',
    given: [
      begun('feature/big'),
      begun('feature/login', { from: 'feature/big' }),
      git('branch', '-D', 'feature/big'),
    ],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  { name: 'with untracked files', given: [two, untracked], runs: ['feature finish login'] },
]);

conform('feature finish is refused', [
  {
    name: 'on develop without a name',
    given: [two, on('develop')],
    runs: [{ flow: 'feature finish', ends: 'refused' }],
  },
  { name: 'for a name that is not there', runs: [{ flow: 'feature finish login', ends: 'refused' }] },
  {
    name: 'for the beginning of a name',
    given: [two],
    runs: [{ flow: 'feature finish log', ends: 'refused' }],
  },
  {
    name: 'with unstaged changes',
    given: [two, unstaged],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'with staged changes',
    given: [two, staged],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'where develop is checked out in another worktree',
    given: [two, inWorktree('develop')],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'where another worktree has the feature',
    given: [two, on('develop'), inWorktree('feature/login')],
    runs: [
      {
        flow: 'feature finish login',
        ends: 'refused',
        differs: {
          fault: 'undeleted',
          ends: 'ok',
          mend: steps(
            git('reset', '--quiet', '--hard', 'HEAD^'),
            config('gitflow.branch.feature/login.base', 'develop'),
          ),
        },
      },
    ],
  },
  {
    name: 'with an unknown option',
    given: [two],
    runs: [{ flow: 'feature finish login --later', ends: 'usage' }],
  },
]);
