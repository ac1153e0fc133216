import { conform } from './conform.ts';
import { git, tagged, unstaged, untracked, workOn } from './steps.ts';

const started = 'support start 1.x 1.0.0';
const refused = { flow: started, ends: 'refused' } as const;

conform('support', [
  { name: 'start from a tag', given: [tagged('1.0.0'), workOn('main')], runs: [started] },
  { name: 'start from main', runs: ['support start 1.x main'] },
  { name: 'start from a commit', given: [workOn('main')], runs: ['support start 1.x main^'] },
  { name: 'start with untracked files', given: [tagged('1.0.0'), untracked], runs: [started] },
  { name: 'start with unstaged changes', given: [tagged('1.0.0'), unstaged], runs: [refused] },
  {
    name: 'start with a name that is taken',
    given: [tagged('1.0.0'), git('branch', 'support/1.x', 'main')],
    runs: [refused],
  },
  { name: 'start from what is not in main', runs: [{ flow: 'support start 1.x develop', ends: 'refused' }] },
  { name: 'start from what is not there', runs: [refused] },
  { name: 'start without a base', runs: [{ flow: 'support start 1.x', ends: 'usage' }] },
  { name: 'start without a name', runs: [{ flow: 'support start', ends: 'usage' }] },
  {
    name: 'a hotfix of what is supported',
    given: [tagged('1.0.0'), workOn('main')],
    runs: [
      started,
      'hotfix start 1.0.1 support/1.x',
      git('commit', '--quiet', '--allow-empty', '-m', 'Fix'),
      'hotfix finish 1.0.1 -m Fixed',
    ],
  },
]);
