import { conform } from '../conform.ts';
import { begun, config, git, on, overtaken, tagged, unstaged, workOn } from '../steps.ts';

const refused = { flow: 'hotfix start 1.0.1', ends: 'refused' } as const;

conform('hotfix start', [
  { name: 'on develop', runs: ['hotfix start 1.0.1'] },
  { name: 'on main', given: [on('main')], runs: ['hotfix start 1.0.1'] },
  { name: 'with unstaged changes', given: [unstaged], runs: [refused] },
  { name: 'beside an open one', given: [begun('hotfix/0.9.1', { from: 'main' })], runs: [refused] },
  {
    name: 'beside an open one where several are allowed',
    given: [config('gitflow.multi-hotfix', 'true'), begun('hotfix/0.9.1', { from: 'main' })],
    runs: ['hotfix start 1.0.1'],
  },
  { name: 'beside an open release', given: [begun('release/1.1.0')], runs: ['hotfix start 1.0.1'] },
  { name: 'of what is tagged', given: [tagged('1.0.1')], runs: [refused] },
  {
    name: 'from a support branch',
    given: [git('checkout', '--quiet', '-b', 'support/1.x', 'main'), workOn('main')],
    runs: ['hotfix start 1.0.1 support/1.x'],
  },
  {
    name: 'from what is no branch',
    given: [tagged('1.0.0')],
    runs: [{ flow: 'hotfix start 1.0.1 1.0.0', ends: 'refused' }],
  },
  { name: 'without a version', runs: [{ flow: 'hotfix start', ends: 'usage' }] },
  { name: 'behind origin', on: 'cloned', given: [overtaken('main')], runs: [refused] },
  {
    name: 'where develop is behind origin, which is of no concern',
    on: 'cloned',
    given: [overtaken('develop')],
    runs: ['hotfix start 1.0.1'],
  },
  {
    name: 'behind origin, fetching',
    on: 'cloned',
    given: [overtaken('main', { fetched: false })],
    runs: [{ flow: 'hotfix start -F 1.0.1', ends: 'refused' }],
  },
]);
