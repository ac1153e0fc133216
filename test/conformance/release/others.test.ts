import { conform } from '../conform.ts';
import { begun, clashing, elsewhere, git, on, published, unstaged, work, workOn } from '../steps.ts';

const open = begun('release/1.0.0');
const headMoved = { fault: 'head-moved', mend: on('release/1.0.0') } as const;

conform('release, the rest', [
  {
    name: 'publish',
    on: 'cloned',
    given: [open],
    runs: ['release publish 1.0.0', work(), 'release publish 1.0.0'],
  },
  { name: 'publish the one that is checked out', on: 'cloned', given: [open], runs: ['release publish'] },
  {
    name: 'publish with changes',
    on: 'cloned',
    given: [open, unstaged],
    runs: [{ flow: 'release publish 1.0.0', ends: 'refused' }],
  },
  { name: 'track', on: 'cloned', given: [elsewhere('release/1.0.0')], runs: ['release track 1.0.0'] },
  { name: 'track what is not there', on: 'cloned', runs: [{ flow: 'release track 1.0.0', ends: 'refused' }] },
  {
    name: 'delete what is not merged',
    given: [open, on('develop')],
    runs: [{ flow: 'release delete 1.0.0', ends: 'refused' }, 'release delete -f 1.0.0'],
  },
  {
    name: 'delete what is not merged and checked out',
    given: [open],
    runs: [{ flow: 'release delete 1.0.0', ends: 'refused', differs: headMoved }],
  },
  {
    name: 'delete what is merged into develop only',
    given: [open, on('develop'), git('merge', '--quiet', 'release/1.0.0')],
    runs: [{ flow: 'release delete 1.0.0', ends: 'refused' }],
  },
  {
    name: 'delete what is merged into both',
    given: [begun('release/1.0.0', { from: 'main', commits: 0 }), on('develop')],
    runs: ['release delete 1.0.0'],
  },
  {
    name: 'delete what is published, on origin too',
    on: 'cloned',
    given: [open, published('release/1.0.0')],
    runs: ['release delete -f -r 1.0.0'],
  },
  {
    name: 'rebase',
    given: [open, workOn('develop')],
    runs: [{ flow: 'release rebase 1.0.0', gantry: 'release update 1.0.0' }],
  },
  {
    name: 'rebase in a conflict',
    given: [open, clashing('develop')],
    runs: [{ flow: 'release rebase 1.0.0', gantry: 'release update 1.0.0', ends: 'conflict' }],
  },
]);
