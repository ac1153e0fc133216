import { conform } from '../conform.ts';
import { begun, config, git, overtaken, published, withoutBase, work, workOn } from '../steps.ts';

const one = begun('feature/login');
const two = begun('feature/login', { commits: 2 });

const localGone = { fault: 'base-by-remote', mend: withoutBase('feature/login') } as const;
const localThere = {
  fault: 'base-by-remote',
  mend: config('gitflow.branch.feature/login.base', 'develop'),
} as const;

conform('feature finish with a remote', [
  { name: 'not published', on: 'cloned', given: [two], runs: ['feature finish login'] },
  {
    name: 'not published, and develop pushed',
    on: 'cloned',
    given: [two],
    runs: ['feature finish login --push'],
  },
  {
    name: 'published, and develop pushed',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: ['feature finish login --push'],
  },
  {
    name: 'published, one commit, and develop pushed',
    on: 'cloned',
    given: [one, published('feature/login')],
    runs: ['feature finish login --push'],
  },
  {
    name: 'published and not pushed',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: [
      {
        flow: 'feature finish login',
        differs: {
          fault: 'origin-before-develop',
          mend: git('push', '--quiet', 'origin', 'develop^2:refs/heads/feature/login'),
        },
      },
    ],
  },
  {
    name: 'published and kept',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: ['feature finish login -k'],
  },
  {
    name: 'published and kept, and develop pushed',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: ['feature finish login -k --push'],
  },
  {
    name: 'published, ahead of what was published',
    on: 'cloned',
    given: [one, published('feature/login'), work()],
    runs: ['feature finish login --push'],
  },
  {
    name: 'published, and others have pushed to it',
    on: 'cloned',
    given: [two, published('feature/login'), overtaken('feature/login')],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'published, and others have pushed to it unheard',
    on: 'cloned',
    given: [two, published('feature/login'), overtaken('feature/login', { fetched: false })],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'develop behind origin',
    on: 'cloned',
    given: [two, overtaken('develop')],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'develop behind origin without knowing it',
    on: 'cloned',
    given: [two, overtaken('develop', { fetched: false })],
    runs: ['feature finish login'],
  },
  {
    name: 'develop behind origin, fetching',
    on: 'cloned',
    given: [two, overtaken('develop', { fetched: false })],
    runs: [{ flow: 'feature finish -F login', ends: 'refused' }],
  },
  {
    name: 'develop ahead of origin',
    on: 'cloned',
    given: [two, workOn('develop')],
    runs: ['feature finish login'],
  },
  {
    name: 'develop apart from origin',
    on: 'cloned',
    given: [two, overtaken('develop'), workOn('develop')],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
]);

conform('feature finish keeps', [
  {
    name: 'what is published',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: [{ flow: 'feature finish login --push --keepremote', differs: localGone }],
  },
  {
    name: 'what is published, develop not pushed',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: [{ flow: 'feature finish login --keepremote', differs: localGone }],
  },
  {
    name: 'what is published, by the configuration',
    on: 'cloned',
    given: [config('gitflow.feature.finish.keepremote', 'true'), two, published('feature/login')],
    runs: [{ flow: 'feature finish login --push', differs: localGone }],
  },
  {
    name: 'what is published, of a branch that is ahead of it',
    on: 'cloned',
    given: [one, published('feature/login'), work()],
    runs: [{ flow: 'feature finish login --push --keepremote -D', differs: localGone }],
  },
  {
    name: 'the local branch',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: [{ flow: 'feature finish login --push --keeplocal', differs: localThere }],
  },
  {
    name: 'the local branch, which is not published',
    given: [two],
    runs: [{ flow: 'feature finish login --keeplocal', differs: localThere }],
  },
  {
    name: 'the local branch, by the configuration',
    given: [config('gitflow.feature.finish.keeplocal', 'true'), two],
    runs: [{ flow: 'feature finish login', differs: localThere }],
  },
  {
    name: 'both',
    on: 'cloned',
    given: [two, published('feature/login')],
    runs: ['feature finish login --push --keepremote --keeplocal'],
  },
  { name: 'nothing', given: [two], runs: ['feature finish login -D'] },
]);
