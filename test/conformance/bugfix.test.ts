import { conform } from './conform.ts';
import { begun, clashing, git, merged, on, published, work, workOn } from './steps.ts';

const one = begun('bugfix/typo');
const two = begun('bugfix/typo', { commits: 2 });
const finish = 'bugfix finish typo';
const stopped = { flow: finish, ends: 'conflict' } as const;

conform('bugfix', [
  { name: 'start', runs: ['bugfix start typo'] },
  {
    name: 'start with a name that is taken',
    given: [one],
    runs: [{ flow: 'bugfix start typo', ends: 'refused' }],
  },
  { name: 'finish of one commit', given: [one], runs: [finish] },
  { name: 'finish of two commits', given: [two], runs: [finish] },
  { name: 'finish without a name', given: [two], runs: ['bugfix finish'] },
  {
    name: 'finish on a feature without a name',
    given: [two, begun('feature/login')],
    runs: [{ flow: 'bugfix finish', ends: 'refused' }],
  },
  { name: 'finish, squashed', given: [two], runs: [`${finish} -S`] },
  { name: 'finish, kept', given: [two], runs: [`${finish} -k`] },
  {
    name: 'finish in a conflict',
    given: [one, clashing('develop')],
    runs: [stopped, stopped, merged, finish],
  },
  {
    name: 'publish',
    on: 'cloned',
    given: [one],
    runs: ['bugfix publish typo', work(), 'bugfix publish typo'],
  },
  {
    name: 'delete',
    given: [one, on('develop')],
    runs: [{ flow: 'bugfix delete typo', ends: 'refused' }, 'bugfix delete -f typo'],
  },
  {
    name: 'rename',
    given: [one],
    runs: [{ flow: 'bugfix rename words typo', gantry: 'bugfix rename typo words' }],
  },
  { name: 'checkout', given: [one, on('develop')], runs: ['bugfix checkout typo'] },
  {
    name: 'rebase',
    given: [two, workOn('develop')],
    runs: [{ flow: 'bugfix rebase typo', gantry: 'bugfix update typo' }],
  },
  {
    name: 'track',
    on: 'cloned',
    given: [one, published('bugfix/typo'), on('develop'), git('branch', '-D', 'bugfix/typo')],
    runs: ['bugfix track typo'],
  },
]);
