import { conform } from './conform.ts';
import { begun, config, git, overtaken, unstaged, work } from './steps.ts';

const one = begun('feature/login');

conform('in a repository with other settings', [
  {
    name: 'other branches',
    given: [
      git('branch', '--quiet', '-m', 'main', 'stable'),
      git('branch', '--quiet', '-m', 'develop', 'next'),
      config('gitflow.branch.master', 'stable'),
      config('gitflow.branch.develop', 'next'),
    ],
    runs: ['release start 1.0.0', work(), 'release finish 1.0.0 -m Released'],
  },
  {
    name: 'another remote',
    on: 'cloned',
    given: [git('remote', 'rename', 'origin', 'hub'), config('gitflow.origin', 'hub'), one],
    runs: ['feature publish login', 'feature finish login --push'],
  },
  {
    name: 'dirty trees are allowed',
    given: [config('gitflow.allowdirty', 'true'), unstaged],
    runs: ['release start 1.0.0'],
  },
  {
    name: 'features are never fast-forwarded',
    given: [config('gitflow.feature.finish.no-ff', 'true'), one],
    runs: ['feature finish login'],
  },
  {
    name: 'features are kept',
    given: [config('gitflow.feature.finish.keep', 'true'), one],
    runs: ['feature finish login'],
  },
  {
    name: 'releases are not tagged',
    given: [config('gitflow.release.finish.notag', 'true'), begun('release/1.0.0')],
    runs: ['release finish 1.0.0'],
  },
  {
    name: 'starting fetches',
    on: 'cloned',
    given: [config('gitflow.feature.start.fetch', 'true'), overtaken('develop', { fetched: false })],
    runs: [{ flow: 'feature start login', ends: 'refused' }],
  },
]);
