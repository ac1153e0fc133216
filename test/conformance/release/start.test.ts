import { conform } from '../conform.ts';
import {
  begun,
  config,
  elsewhere,
  git,
  on,
  overtaken,
  tagged,
  unstaged,
  untracked,
  work,
  workOn,
} from '../steps.ts';

const refused = { flow: 'release start 1.0.0', ends: 'refused' } as const;

conform('release start', [
  { name: 'on develop', runs: ['release start 1.0.0'] },
  { name: 'on another branch', given: [on('main')], runs: ['release start 1.0.0'] },
  { name: 'with untracked files', given: [untracked], runs: ['release start 1.0.0'] },
  { name: 'with unstaged changes', given: [unstaged], runs: [refused] },
  { name: 'beside an open one', given: [begun('release/0.9.0')], runs: [refused] },
  {
    name: 'beside an open hotfix',
    given: [begun('hotfix/0.9.1', { from: 'main' })],
    runs: ['release start 1.0.0'],
  },
  { name: 'of what is tagged', given: [tagged('1.0.0')], runs: [refused] },
  {
    name: 'of what is tagged, with a prefix',
    given: [config('gitflow.prefix.versiontag', 'v'), tagged('v1.0.0')],
    runs: [refused],
  },
  {
    name: 'of what only looks tagged',
    given: [config('gitflow.prefix.versiontag', 'v'), tagged('1.0.0')],
    runs: ['release start 1.0.0'],
  },
  {
    name: 'from another branch',
    given: [begun('feature/login')],
    runs: ['release start 1.0.0 feature/login'],
  },
  {
    name: 'from what is no branch',
    given: [git('tag', 'spring')],
    runs: [{ flow: 'release start 1.0.0 spring', ends: 'refused' }],
  },
  { name: 'with a candidate of a version', runs: ['release start 1.0.0-rc.1'] },
  { name: 'with a name that is no version', runs: ['release start spring'] },
  { name: 'without a version', runs: [{ flow: 'release start', ends: 'usage' }] },
  { name: 'of what origin has', on: 'cloned', given: [elsewhere('release/1.0.0')], runs: [refused] },
  { name: 'behind origin', on: 'cloned', given: [overtaken('develop')], runs: [refused] },
  { name: 'ahead of origin', on: 'cloned', given: [work()], runs: ['release start 1.0.0'] },
  {
    name: 'behind origin, fetching',
    on: 'cloned',
    given: [overtaken('develop', { fetched: false })],
    runs: [{ flow: 'release start -F 1.0.0', ends: 'refused' }],
  },
  { name: 'where main has moved', given: [workOn('main')], runs: ['release start 1.0.0'] },
]);
