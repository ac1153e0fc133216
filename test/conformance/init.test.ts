import { conform } from './conform.ts';
import { begun, config, git, on, staged, steps, unstaged, untracked } from './steps.ts';

const renamed = (to: string) => git('branch', '--quiet', '-m', to);

conform('init', [
  { name: 'with main', on: 'plain', runs: ['init -d'] },
  { name: 'with master', on: 'plain', given: [renamed('master')], runs: ['init -d'] },
  {
    name: 'with main and master',
    on: 'plain',
    given: [git('branch', 'master')],
    runs: [
      {
        flow: 'init -d',
        differs: {
          fault: 'master-develops',
          mend: steps(
            config('gitflow.branch.develop', 'develop'),
            git('checkout', '--quiet', '-b', 'develop', 'main'),
          ),
        },
      },
    ],
  },
  {
    name: 'with production and develop beside main',
    on: 'plain',
    given: [git('branch', 'production'), git('branch', 'develop')],
    runs: ['init -d'],
  },
  {
    name: 'with a sole branch of another name',
    on: 'plain',
    given: [renamed('trunk')],
    runs: [{ flow: 'init -d', ends: 'refused' }],
  },
  {
    name: 'with main and a branch that is not develop',
    on: 'plain',
    given: [git('branch', 'topic')],
    runs: [
      {
        flow: 'init -d',
        differs: {
          fault: 'third-branch',
          ends: 'refused',
          mend: steps(git('branch', 'develop', 'main'), git('flow', 'init', '-d'), on('develop')),
        },
      },
    ],
  },
  { name: 'with develop there', on: 'plain', given: [git('branch', 'develop')], runs: ['init -d'] },
  { name: 'with integration there', on: 'plain', given: [git('branch', 'integration')], runs: ['init -d'] },
  {
    name: 'with develop on origin only',
    on: 'cloned',
    given: [
      on('main'),
      git('branch', '--quiet', '-D', 'develop'),
      git('config', '--remove-section', 'gitflow.branch'),
      git('config', '--remove-section', 'gitflow.prefix'),
      git('config', '--remove-section', 'gitflow.path'),
    ],
    runs: ['init -d'],
  },
  { name: 'twice', on: 'plain', runs: ['init -d', 'init -d'] },
  {
    name: 'with a part of the configuration there',
    on: 'plain',
    given: [config('gitflow.prefix.feature', 'topic/'), config('gitflow.prefix.versiontag', 'v')],
    runs: ['init -d'],
  },
  {
    name: 'with prefixes that were told',
    on: 'plain',
    runs: ['init -d --feature feat/ --bugfix fix/ --release rel/ --hotfix hot/ --support sup/ --tag v'],
  },
  {
    name: 'again with force',
    given: [config('gitflow.prefix.feature', 'topic/'), config('gitflow.prefix.versiontag', 'v')],
    runs: ['init -d -f'],
  },
  { name: 'again with force and flow branches', given: [begun('feature/login')], runs: ['init -d -f'] },
  {
    name: 'with unstaged changes',
    on: 'plain',
    given: [unstaged],
    runs: [{ flow: 'init -d', ends: 'refused' }],
  },
  { name: 'with staged changes', on: 'plain', given: [staged], runs: [{ flow: 'init -d', ends: 'refused' }] },
  { name: 'with untracked files', on: 'plain', given: [untracked], runs: ['init -d'] },
  {
    name: 'without a commit',
    on: 'unborn',
    given: [git('symbolic-ref', 'HEAD', 'refs/heads/master')],
    runs: ['init -d'],
  },
  {
    name: 'without a commit, on main',
    on: 'unborn',
    runs: [
      {
        flow: 'init -d',
        differs: {
          fault: 'master-unborn',
          mend: steps(git('branch', '-m', 'master', 'main'), config('gitflow.branch.master', 'main')),
        },
      },
    ],
  },
  {
    name: 'without a commit, with names in the configuration',
    on: 'unborn',
    given: [config('gitflow.branch.master', 'stable'), config('gitflow.branch.develop', 'next')],
    runs: ['init -d', 'init -d'],
  },
  {
    name: 'without a commit, with untracked files',
    on: 'unborn',
    given: [git('symbolic-ref', 'HEAD', 'refs/heads/master'), untracked],
    runs: ['init -d', 'feature start login'],
  },
  {
    name: 'with hooks elsewhere',
    on: 'plain',
    given: [config('core.hooksPath', '.hooks')],
    runs: ['init -d'],
  },
  {
    name: 'on a detached HEAD',
    on: 'plain',
    given: [steps(git('checkout', '--quiet', '--detach'))],
    runs: ['init -d'],
  },
]);
