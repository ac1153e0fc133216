import { conform } from '../conform.ts';
import {
  begun,
  clashing,
  config,
  elsewhere,
  git,
  on,
  overtaken,
  staged,
  steps,
  unstaged,
  untracked,
  withoutBase,
  work,
  workOn,
} from '../steps.ts';

const baseKeyLeft = (branch: string) => ({ fault: 'base-key-left', mend: withoutBase(branch) }) as const;

conform('feature start', [
  { name: 'on develop', runs: ['feature start login'] },
  { name: 'on another branch', given: [on('main')], runs: ['feature start login'] },
  {
    name: 'on a detached HEAD',
    given: [git('checkout', '--quiet', '--detach')],
    runs: ['feature start login'],
  },
  { name: 'with unstaged changes', given: [unstaged], runs: ['feature start login'] },
  { name: 'with staged changes', given: [staged], runs: ['feature start login'] },
  { name: 'with untracked files', given: [untracked], runs: ['feature start login'] },
  {
    name: 'with changes that the base would overwrite',
    given: [steps(git('branch', 'aside'), begun('feature/other'), clashing('aside')), unstaged],
    runs: [
      { flow: 'feature start login aside', ends: 'refused', differs: baseKeyLeft('feature/login') },
      'feature list',
    ],
  },
  { name: 'beside another', given: [begun('feature/other')], runs: ['feature start login'] },
  { name: 'from another branch', given: [workOn('main')], runs: ['feature start login main'] },
  {
    name: 'from a feature',
    given: [begun('feature/other'), on('develop')],
    runs: ['feature start login feature/other'],
  },
  {
    name: 'from what is no branch',
    given: [git('tag', 'spring')],
    runs: [
      { flow: 'feature start login spring', ends: 'refused' },
      { flow: 'feature start login HEAD', ends: 'refused' },
      { flow: 'feature start login nowhere', ends: 'refused' },
    ],
  },
  {
    name: 'with a name that is taken',
    given: [begun('feature/login'), on('develop')],
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
  {
    name: 'with a name that origin has',
    on: 'cloned',
    given: [elsewhere('feature/login')],
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
  {
    name: 'with a name that git does not allow',
    runs: [{ flow: 'feature start a..b', ends: 'refused', differs: baseKeyLeft('feature/a..b') }],
  },
  {
    name: 'with a name below one that is taken',
    given: [begun('feature/login'), on('develop')],
    runs: [{ flow: 'feature start login/form', ends: 'refused', differs: baseKeyLeft('feature/login/form') }],
  },
  { name: 'with a name of several parts', runs: ['feature start login/form/v1.2_x'] },
  { name: 'without a name', runs: [{ flow: 'feature start', ends: 'usage' }] },
  { name: 'with an unknown option', runs: [{ flow: 'feature start login --soon', ends: 'usage' }] },
  {
    name: 'where git-flow has never been',
    on: 'plain',
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
  {
    name: 'without develop',
    given: [on('main'), git('branch', '--quiet', '-D', 'develop')],
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
  {
    name: 'with another prefix',
    given: [config('gitflow.prefix.feature', 'topic-')],
    runs: ['feature start login'],
  },
  {
    name: 'in an unfinished merge',
    given: [begun('feature/other'), clashing('develop'), ({ repo }) => repo.tryGit('merge', 'develop')],
    runs: [{ flow: 'feature start login', ends: 'conflict', differs: baseKeyLeft('feature/login') }],
  },
]);

conform('feature start with a remote', [
  { name: 'level', on: 'cloned', runs: ['feature start login'] },
  {
    name: 'behind origin',
    on: 'cloned',
    given: [overtaken('develop')],
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
  {
    name: 'behind origin without knowing it',
    on: 'cloned',
    given: [overtaken('develop', { fetched: false })],
    runs: ['feature start login'],
  },
  {
    name: 'behind origin, fetching',
    on: 'cloned',
    given: [overtaken('develop', { fetched: false })],
    runs: [{ flow: 'feature start -F login', ends: 'refused' }],
  },
  { name: 'level, fetching', on: 'cloned', runs: ['feature start -F login'] },
  { name: 'ahead of origin', on: 'cloned', given: [work()], runs: ['feature start login'] },
  {
    name: 'apart from origin',
    on: 'cloned',
    given: [overtaken('develop'), work()],
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
  {
    name: 'main is behind origin, which is of no concern',
    on: 'cloned',
    given: [overtaken('main')],
    runs: ['feature start login'],
  },
]);
