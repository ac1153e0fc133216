import { conform } from '../conform.ts';
import { begun, clashing, on, rebaseAborted, rebased, unstaged, untracked, workOn } from '../steps.ts';

const two = begun('feature/login', { commits: 2 });

/** Gantry has one word for bringing a base in, in either way. */
const rebase = { flow: 'feature rebase login', gantry: 'feature update login' };

conform('feature rebase', [
  { name: 'on a base that has moved', given: [two, workOn('develop')], runs: [rebase] },
  { name: 'on a base that has not moved', given: [two], runs: [rebase] },
  { name: 'from develop', given: [two, workOn('develop'), on('develop')], runs: [rebase] },
  {
    name: 'the one that is checked out',
    given: [two, workOn('develop')],
    runs: [{ flow: 'feature rebase', gantry: 'feature update' }],
  },
  {
    name: 'on another branch',
    given: [begun('feature/login', { from: 'main' }), workOn('main')],
    runs: [rebase],
  },
  { name: 'with untracked files', given: [two, workOn('develop'), untracked], runs: [rebase] },
  {
    name: 'with unstaged changes',
    given: [two, workOn('develop'), unstaged],
    runs: [{ ...rebase, ends: 'refused' }],
  },
  { name: 'what is not there', runs: [{ ...rebase, ends: 'refused' }] },
  { name: 'in a conflict', given: [two, clashing('develop')], runs: [{ ...rebase, ends: 'conflict' }] },
  {
    name: 'in a conflict that is resolved',
    given: [two, clashing('develop')],
    runs: [{ ...rebase, ends: 'conflict' }, rebased, rebase],
  },
  {
    name: 'in a conflict that is aborted',
    given: [two, clashing('develop')],
    runs: [{ ...rebase, ends: 'conflict' }, rebaseAborted, { ...rebase, ends: 'conflict' }],
  },
]);
