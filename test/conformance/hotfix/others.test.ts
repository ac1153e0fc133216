import { conform } from '../conform.ts';
import { begun, elsewhere, git, on, published, work, workOn } from '../steps.ts';

const open = begun('hotfix/1.0.1', { from: 'main' });

conform('hotfix, the rest', [
  {
    name: 'publish',
    on: 'cloned',
    given: [open],
    runs: ['hotfix publish 1.0.1', work(), 'hotfix publish 1.0.1'],
  },
  {
    name: 'track what is published',
    on: 'cloned',
    given: [elsewhere('hotfix/1.0.1', 'main')],
    runs: [
      {
        flow: 'hotfix track 1.0.1',
        differs: {
          fault: 'hotfix-untracked',
          ends: 'refused',
          mend: git('checkout', '--quiet', '-b', 'hotfix/1.0.1', 'origin/hotfix/1.0.1'),
        },
      },
    ],
  },
  { name: 'track what is not there', on: 'cloned', runs: [{ flow: 'hotfix track 1.0.1', ends: 'refused' }] },
  {
    name: 'delete what is not merged',
    given: [open, on('develop')],
    runs: [{ flow: 'hotfix delete 1.0.1', ends: 'refused' }, 'hotfix delete -f 1.0.1'],
  },
  {
    name: 'delete what is not merged and checked out',
    given: [open],
    runs: [
      {
        flow: 'hotfix delete 1.0.1',
        ends: 'refused',
        differs: { fault: 'head-moved', mend: on('hotfix/1.0.1') },
      },
      'hotfix delete -f 1.0.1',
    ],
  },
  {
    name: 'delete what is merged into main only',
    given: [open, on('main'), git('merge', '--quiet', 'hotfix/1.0.1')],
    runs: [{ flow: 'hotfix delete 1.0.1', ends: 'refused' }],
  },
  {
    name: 'delete what is published, on origin too',
    on: 'cloned',
    given: [open, published('hotfix/1.0.1')],
    runs: ['hotfix delete -f -r 1.0.1'],
  },
  {
    name: 'rename',
    given: [open],
    runs: [{ flow: 'hotfix rename 1.0.2 1.0.1', gantry: 'hotfix rename 1.0.1 1.0.2' }],
  },
  {
    name: 'rebase',
    given: [open, workOn('main')],
    runs: [{ flow: 'hotfix rebase 1.0.1', gantry: 'hotfix update 1.0.1' }],
  },
]);
