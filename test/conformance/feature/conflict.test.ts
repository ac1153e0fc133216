import { conform } from '../conform.ts';
import { begun, clashing, mergeAborted, merged, rebaseAborted, rebased, resolved } from '../steps.ts';

const one = begun('feature/login');
const none = begun('feature/login', { commits: 0 });

const finish = 'feature finish login';
const stopped = { flow: finish, ends: 'conflict' } as const;

conform('feature finish in a conflict', [
  { name: 'is left to be resolved', given: [one, clashing('develop')], runs: [stopped] },
  {
    name: 'goes nowhere while it is not resolved',
    given: [one, clashing('develop')],
    runs: [stopped, stopped],
  },
  {
    name: 'goes nowhere while the resolution is not committed',
    given: [one, clashing('develop')],
    runs: [stopped, resolved, { flow: finish, ends: 'refused' }],
  },
  {
    name: 'is finished once that is committed',
    given: [one, clashing('develop')],
    runs: [stopped, merged, finish],
  },
  {
    name: 'is finished and kept once that is committed',
    given: [one, clashing('develop')],
    runs: [stopped, merged, `${finish} -k`],
  },
  {
    name: 'begins anew once it was aborted',
    given: [one, clashing('develop')],
    runs: [stopped, mergeAborted, stopped, merged, finish],
  },
  { name: 'of one commit', given: [none, clashing('develop')], runs: [stopped, merged, finish] },
  {
    name: 'squashing',
    given: [one, clashing('develop')],
    runs: [{ flow: `${finish} -S`, ends: 'conflict' }],
  },
  {
    name: 'rebasing, which is continued',
    given: [one, clashing('develop')],
    runs: [{ flow: `${finish} -r`, ends: 'conflict' }, rebased, finish],
  },
  {
    name: 'rebasing, which is aborted',
    given: [one, clashing('develop')],
    runs: [{ flow: `${finish} -r`, ends: 'conflict' }, rebaseAborted, stopped],
  },
]);
