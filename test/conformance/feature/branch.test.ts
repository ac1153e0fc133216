import { conform } from '../conform.ts';
import { begun, clashing, git, on, published, unstaged } from '../steps.ts';

const one = begun('feature/login');
const two = begun('feature/login', { commits: 2 });
const headMoved = { fault: 'head-moved', mend: on('feature/login') } as const;

conform('feature delete', [
  {
    name: 'what is not merged',
    given: [one, on('develop')],
    runs: [{ flow: 'feature delete login', ends: 'refused' }],
  },
  {
    name: 'what is not merged and checked out',
    given: [one],
    runs: [{ flow: 'feature delete login', ends: 'refused', differs: headMoved }],
  },
  {
    name: 'what is merged',
    given: [one, on('develop'), git('merge', '--quiet', 'feature/login')],
    runs: ['feature delete login'],
  },
  {
    name: 'what has no commit and is checked out',
    given: [begun('feature/login', { commits: 0 })],
    runs: ['feature delete login'],
  },
  { name: 'what is not merged, by force', given: [one, on('develop')], runs: ['feature delete -f login'] },
  { name: 'what is not merged and checked out, by force', given: [one], runs: ['feature delete -f login'] },
  {
    name: 'what is checked out, with unstaged changes',
    given: [one, unstaged],
    runs: [{ flow: 'feature delete -f login', ends: 'refused' }],
  },
  {
    name: 'with unstaged changes elsewhere',
    given: [one, on('develop'), unstaged],
    runs: ['feature delete -f login'],
  },
  { name: 'what is not there', runs: [{ flow: 'feature delete login', ends: 'refused' }] },
  { name: 'without a name', given: [one], runs: [{ flow: 'feature delete', ends: 'usage' }] },
  {
    name: 'what is published, here only',
    on: 'cloned',
    given: [one, published('feature/login')],
    runs: ['feature delete -f login'],
  },
  {
    name: 'what is published, on origin too',
    on: 'cloned',
    given: [one, published('feature/login')],
    runs: ['feature delete -f -r login'],
  },
  {
    name: 'what is not published, on origin too',
    on: 'cloned',
    given: [one],
    runs: ['feature delete -f -r login'],
  },
]);

const rename = { flow: 'feature rename session login', gantry: 'feature rename login session' };

conform('feature rename', [
  { name: 'the one that is checked out', given: [one], runs: [rename] },
  { name: 'another', given: [one, on('develop')], runs: [rename] },
  { name: 'with unstaged changes', given: [one, unstaged], runs: [rename] },
  { name: 'what is published', on: 'cloned', given: [one, published('feature/login')], runs: [rename] },
  { name: 'and finish', given: [two], runs: [rename, 'feature finish session'] },
  {
    name: 'to a name that is taken',
    given: [begun('feature/session'), one],
    runs: [{ ...rename, ends: 'refused' }],
  },
  { name: 'what is not there', runs: [{ ...rename, ends: 'refused' }] },
  {
    name: 'to a name that git does not allow',
    given: [one],
    runs: [{ flow: 'feature rename a..b login', gantry: 'feature rename login a..b', ends: 'refused' }],
  },
]);

const missing = { fault: 'checkout-missing', ends: 'ok' } as const;

conform('feature checkout', [
  { name: 'by name', given: [one, on('develop')], runs: ['feature checkout login'] },
  { name: 'by the beginning of a name', given: [one, on('develop')], runs: ['feature checkout log'] },
  {
    name: 'by what two names begin with',
    given: [one, begun('feature/logout'), on('develop')],
    runs: [{ flow: 'feature checkout log', ends: 'refused', differs: missing }],
  },
  {
    name: 'what is not there',
    runs: [{ flow: 'feature checkout login', ends: 'refused', differs: missing }],
  },
  { name: 'what is checked out', given: [one], runs: ['feature checkout login'] },
  { name: 'taking changes along', given: [one, on('develop'), unstaged], runs: ['feature checkout login'] },
  {
    name: 'with changes in the way',
    given: [one, clashing('develop'), on('develop'), unstaged],
    runs: [{ flow: 'feature checkout login', ends: 'refused' }],
  },
]);
