import { mix } from './conform.ts';
import { clashing, git, hook, mergeAborted, merged, tagged, untracked, work, workOn } from './steps.ts';

mix('init', [
  {
    name: 'init and a feature',
    on: 'plain',
    runs: ['init -d', 'feature start login', work(2), 'feature finish login'],
  },
  {
    name: 'init without a commit, and a release',
    on: 'unborn',
    given: [git('symbolic-ref', 'HEAD', 'refs/heads/master')],
    runs: [
      'init -d',
      work(),
      'release branch 0.9.0 -m Tried',
      'release start 1.0.0',
      work(),
      'release finish 1.0.0 -m Released',
    ],
  },
]);

mix('feature', [
  { name: 'one commit', runs: ['feature start login', work(), 'feature finish login'] },
  { name: 'two commits', runs: ['feature start login', work(2), workOn('develop'), 'feature finish login'] },
  { name: 'no commit', given: [untracked], runs: ['feature start login', 'feature finish login'] },
  {
    name: 'a conflict that is resolved',
    runs: [
      'feature start login',
      clashing('develop'),
      { flow: 'feature finish login', ends: 'conflict' },
      merged,
      'feature finish login',
    ],
  },
  {
    name: 'published',
    on: 'cloned',
    runs: [
      'feature start login',
      work(),
      'feature publish login',
      work(),
      'feature publish login',
      'feature finish login --push',
    ],
  },
  {
    name: 'rename and delete',
    runs: [
      'feature start login',
      { flow: 'feature rename session login', gantry: 'feature rename login session' },
      work(),
      'feature delete -f session',
    ],
  },
  {
    name: 'from a feature',
    runs: [
      'feature start big',
      work(),
      'feature start login feature/big',
      work(2),
      'feature finish login',
      'feature finish big',
    ],
  },
]);

mix('bugfix', [
  { name: 'two commits', runs: ['bugfix start typo', work(2), 'bugfix finish typo'] },
  { name: 'squashed', runs: ['bugfix start typo', work(2), 'bugfix finish -S typo'] },
]);

mix('release', [
  { name: 'one commit', runs: ['release start 1.0.0', work(), 'release finish 1.0.0 -m Released'] },
  {
    name: 'a conflict with develop',
    runs: [
      'release start 1.0.0',
      clashing('develop'),
      { flow: 'release finish 1.0.0 -m Released', ends: 'conflict' },
      merged,
      'release finish 1.0.0 -m Released',
    ],
  },
  {
    name: 'a conflict with main, aborted once',
    runs: [
      'release start 1.0.0',
      clashing('main'),
      { flow: 'release finish 1.0.0 -m Released', ends: 'conflict' },
      mergeAborted,
      { flow: 'release finish 1.0.0 -m Released', ends: 'conflict' },
      merged,
      'release finish 1.0.0 -m Released',
    ],
  },
  {
    name: 'published and pushed',
    on: 'cloned',
    runs: ['release start 1.0.0', work(), 'release publish 1.0.0', 'release finish 1.0.0 -m Released -p'],
  },
]);

mix('hooks', [
  {
    name: 'of a hotfix that bumps its version',
    given: [
      hook('filter-flow-hotfix-start-version', 'echo "1.$1"'),
      hook('post-flow-hotfix-start', 'echo "$1" >version && git add version && git commit -qm "Bump to $1"'),
    ],
    runs: ['hotfix start 0.1', work(), 'hotfix finish 1.0.1 -m Fixed'],
  },
]);

mix('hotfix', [
  { name: 'one commit', runs: ['hotfix start 1.0.1', work(), 'hotfix finish 1.0.1 -m Fixed'] },
  {
    name: 'a conflict with develop',
    runs: [
      'hotfix start 1.0.1',
      clashing('develop'),
      { flow: 'hotfix finish 1.0.1 -m Fixed', ends: 'conflict' },
      merged,
      'hotfix finish 1.0.1 -m Fixed',
    ],
  },
]);

mix('support', [
  {
    name: 'a hotfix of what is supported',
    given: [tagged('1.0.0'), workOn('main')],
    runs: [
      'support start 1.x 1.0.0',
      'hotfix start 1.0.1 support/1.x',
      git('commit', '--quiet', '--allow-empty', '-m', 'Fix'),
      'hotfix finish 1.0.1 -m Fixed',
    ],
  },
]);
