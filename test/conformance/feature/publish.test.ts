import { conform } from '../conform.ts';
import {
  begun,
  elsewhere,
  git,
  on,
  overtaken,
  published,
  staged,
  unstaged,
  untracked,
  work,
} from '../steps.ts';

const one = begun('feature/login');

conform('feature publish', [
  { name: 'by name', on: 'cloned', given: [one], runs: ['feature publish login'] },
  { name: 'the one that is checked out', on: 'cloned', given: [one], runs: ['feature publish'] },
  {
    name: 'from develop, by name',
    on: 'cloned',
    given: [one, on('develop')],
    runs: ['feature publish login'],
  },
  { name: 'twice', on: 'cloned', given: [one], runs: ['feature publish login', 'feature publish login'] },
  {
    name: 'again with new commits',
    on: 'cloned',
    given: [one],
    runs: ['feature publish login', work(), 'feature publish login'],
  },
  { name: 'with untracked files', on: 'cloned', given: [one, untracked], runs: ['feature publish login'] },
  {
    name: 'with unstaged changes',
    on: 'cloned',
    given: [one, unstaged],
    runs: [{ flow: 'feature publish login', ends: 'refused' }],
  },
  {
    name: 'with staged changes',
    on: 'cloned',
    given: [one, staged],
    runs: [{ flow: 'feature publish login', ends: 'refused' }],
  },
  { name: 'without a remote', given: [one], runs: [{ flow: 'feature publish login', ends: 'refused' }] },
  { name: 'what is not there', on: 'cloned', runs: [{ flow: 'feature publish login', ends: 'refused' }] },
  { name: 'on develop without a name', on: 'cloned', runs: [{ flow: 'feature publish', ends: 'refused' }] },
  {
    name: 'what others have pushed to',
    on: 'cloned',
    given: [one, published('feature/login'), overtaken('feature/login'), work()],
    runs: [
      { flow: 'feature publish login', ends: 'refused', differs: { fault: 'push-ignored', ends: 'ok' } },
    ],
  },
]);

conform('feature track', [
  {
    name: 'what is published',
    on: 'cloned',
    given: [elsewhere('feature/login')],
    runs: ['feature track login'],
  },
  {
    name: 'what was published unheard',
    on: 'cloned',
    given: [elsewhere('feature/login'), git('update-ref', '-d', 'refs/remotes/origin/feature/login')],
    runs: ['feature track login'],
  },
  {
    name: 'with untracked files',
    on: 'cloned',
    given: [elsewhere('feature/login'), untracked],
    runs: ['feature track login'],
  },
  {
    name: 'with unstaged changes',
    on: 'cloned',
    given: [elsewhere('feature/login'), unstaged],
    runs: [{ flow: 'feature track login', ends: 'refused' }],
  },
  {
    name: 'what is here already',
    on: 'cloned',
    given: [one, published('feature/login'), on('develop')],
    runs: [{ flow: 'feature track login', ends: 'refused' }],
  },
  { name: 'what is not there', on: 'cloned', runs: [{ flow: 'feature track login', ends: 'refused' }] },
  { name: 'without a name', on: 'cloned', runs: [{ flow: 'feature track', ends: 'usage' }] },
]);
