import { conform } from './conform.ts';
import { begun, config, elsewhere, git, hook, hooked, noted, published, steps, unstaged } from './steps.ts';

const one = begun('feature/login');
const two = begun('feature/login', { commits: 2 });
const open = begun('release/1.0.0');
/** What the hooks note is in nobody's way as long as it is in no commit. */
const commit = git('commit', '--quiet', '--allow-empty', '-m', 'Work');
const refuses = 'echo no >&2; exit 3';

conform('hooks are run', [
  { name: 'of a start', given: [hooked('feature-start')], runs: ['feature start login'] },
  {
    name: 'of a start from another branch',
    given: [hooked('bugfix-start'), begun('bugfix/big')],
    runs: ['bugfix start typo bugfix/big'],
  },
  {
    name: 'of a release, with the prefix of its tag',
    given: [config('gitflow.prefix.versiontag', 'v'), hooked('release-start'), hooked('release-finish')],
    runs: ['release start 1.0.0', commit, 'release finish 1.0.0 -m Released'],
  },
  {
    name: 'of a hotfix, with another tag',
    given: [hooked('hotfix-start'), hooked('hotfix-finish')],
    runs: ['hotfix start 1.0.1', commit, 'hotfix finish 1.0.1 -m Fixed -T spring'],
  },
  { name: 'of a finish', given: [hooked('feature-finish'), two], runs: ['feature finish login'] },
  {
    name: 'of a finish that pushes',
    on: 'cloned',
    given: [hooked('feature-finish'), two, published('feature/login')],
    runs: ['feature finish login --push'],
  },
  {
    name: 'of publishing',
    on: 'cloned',
    given: [hooked('feature-publish'), one],
    runs: ['feature publish login'],
  },
  {
    name: 'of publishing a release and a hotfix',
    on: 'cloned',
    given: [
      config('gitflow.prefix.versiontag', 'v'),
      hooked('release-publish'),
      hooked('hotfix-publish'),
      open,
      begun('hotfix/1.0.1', { from: 'main' }),
    ],
    runs: ['release publish 1.0.0', 'hotfix publish 1.0.1'],
  },
  {
    name: 'of tracking',
    on: 'cloned',
    given: [elsewhere('feature/search'), hooked('feature-track')],
    runs: ['feature track search'],
  },
  { name: 'of deleting', given: [hooked('feature-delete'), one], runs: ['feature delete -f login'] },
  {
    name: 'of deleting a release',
    given: [config('gitflow.prefix.versiontag', 'v'), hooked('release-delete'), open],
    runs: ['release delete -f 1.0.0'],
  },
  {
    name: 'of renaming',
    given: [hooked('feature-rename'), one],
    runs: [{ flow: 'feature rename session login', gantry: 'feature rename login session' }],
  },
  {
    name: 'of releasing a branch',
    given: [config('gitflow.prefix.versiontag', 'v'), hooked('release-branch')],
    runs: ['release branch 1.0.0 -m Released'],
  },
  {
    name: 'of a directory that git-flow was told',
    given: [
      config('gitflow.path.hooks', '.hooks'),
      ({ repo }) => repo.write('.hooks/post-flow-feature-start', '#!/bin/sh\necho "$*" >told.txt\n'),
      ({ world, repo }) => world.run('chmod', ['+x', '.hooks/post-flow-feature-start'], { cwd: repo.dir }),
    ],
    runs: ['feature start login'],
  },
  {
    name: 'and not if they may not be run',
    given: [
      hooked('feature-start'),
      ({ world, repo }) => world.run('chmod', ['-x', '.git/hooks/pre-flow-feature-start'], { cwd: repo.dir }),
    ],
    runs: ['feature start login'],
  },
  {
    name: 'and not before what git-flow refuses',
    given: [hooked('release-start'), unstaged],
    runs: [{ flow: 'release start 1.0.0', ends: 'refused' }],
  },
]);

conform('a hook', [
  ...['feature-start', 'bugfix-start'].map((command) => ({
    name: `stops a ${command}`,
    given: [hook(`pre-flow-${command}`, refuses)],
    runs: [{ flow: `${command.replace('-', ' ')} login`, ends: 'refused' as const }],
  })),
  {
    name: 'stops a finish',
    given: [two, hook('pre-flow-feature-finish', refuses)],
    runs: [{ flow: 'feature finish login', ends: 'refused' }],
  },
  {
    name: 'stops a release',
    given: [open, hook('pre-flow-release-finish', refuses)],
    runs: [{ flow: 'release finish 1.0.0 -m Released', ends: 'refused' }],
  },
  {
    name: 'stops a delete',
    given: [one, hook('pre-flow-feature-delete', refuses)],
    runs: [{ flow: 'feature delete -f login', ends: 'refused' }],
  },
  {
    name: 'that fails afterwards stops nothing',
    given: [two, hook('post-flow-feature-finish', refuses)],
    runs: ['feature finish login'],
  },
  {
    name: 'commits to what was started',
    given: [
      hook('post-flow-release-start', 'echo "$1" >version && git add version && git commit -qm "Bump $1"'),
    ],
    runs: ['release start 1.0.0', 'release finish 1.0.0 -m Released'],
  },
  {
    name: 'commits to what is finished',
    given: [
      open,
      hook('pre-flow-release-finish', 'echo "$1" >version && git add version && git commit -qm "Bump $1"'),
    ],
    runs: ['release finish 1.0.0 -m Released'],
  },
  {
    name: 'commits to what is finished and has no commit else',
    given: [
      begun('feature/login', { commits: 0 }),
      hook('pre-flow-feature-finish', 'echo "$1" >done && git add done && git commit -qm "Done with $1"'),
    ],
    runs: ['feature finish login --no-ff'],
  },
]);

/** The message goes through a filter alone where it is told by -m, which the tools have for it. */
const finish = {
  flow: 'release finish 1.0.0 --message Released',
  gantry: 'release finish 1.0.0 -m Released',
};

conform('a filter', [
  {
    name: 'gives a release its version',
    given: [hook('filter-flow-release-start-version', 'echo "2.$1"')],
    runs: ['release start 0.0'],
  },
  {
    name: 'gives a hotfix its version',
    given: [
      hook('filter-flow-hotfix-start-version', 'echo "$(git describe --always | wc -l | tr -d " ").$1"'),
    ],
    runs: ['hotfix start 0.1'],
  },
  {
    name: 'says which release is finished',
    given: [open, hook('filter-flow-release-finish-version', 'echo 1.0.0')],
    runs: ['release finish latest -m Released'],
  },
  {
    name: 'words the message of a tag',
    given: [open, hook('filter-flow-release-finish-tag-message', 'echo "$1 as $2 by $DEVELOP_BRANCH"')],
    runs: [finish],
  },
  {
    name: 'words the message of a hotfix',
    given: [
      begun('hotfix/1.0.1', { from: 'main' }),
      hook('filter-flow-hotfix-finish-tag-message', 'echo "$1: $2"'),
    ],
    runs: [{ flow: 'hotfix finish 1.0.1 --message Fixed', gantry: 'hotfix finish 1.0.1 -m Fixed' }],
  },
  {
    name: 'words the message of a branch that is released',
    given: [hook('filter-flow-release-branch-tag-message', 'echo "$1: $2"')],
    runs: [
      {
        flow: 'release branch 1.0.0 --message Released',
        gantry: 'release branch 1.0.0 -m Released',
      },
    ],
  },
  {
    name: 'words nothing that is in a file',
    given: [open, noted('Released\n'), hook('filter-flow-release-finish-tag-message', 'echo Otherwise')],
    runs: ['release finish 1.0.0 -f ../notes'],
  },
  {
    name: 'gives no version',
    given: [hook('filter-flow-release-start-version', 'exit 127')],
    runs: [{ flow: 'release start 1.0.0', ends: 'refused' }],
  },
  {
    name: 'fails, and has said a version before',
    given: [hook('filter-flow-release-start-version', 'echo 2.0.0; exit 1')],
    runs: [
      {
        flow: 'release start 1.0.0',
        ends: 'refused',
        differs: {
          fault: 'filter-ignored',
          ends: 'ok',
          mend: steps(
            git('checkout', '--quiet', 'develop'),
            git('branch', '-D', 'release/2.0.0'),
            git('config', '--remove-section', 'gitflow.branch.release/2.0.0'),
          ),
        },
      },
    ],
  },
]);
