import { errors } from '#engines/core/errors.ts';

export const worktreeError = errors({
  'set-name-invalid': {
    exit: 'usage',
    meaning: "The name of a set is a directory and part of a branch name: git's rules for branches apply.",
  },
  'set-inside': {
    exit: 'usage',
    meaning: 'A worktree in another one would show up in it as untracked files; nothing was changed.',
  },
  'set-unknown': { exit: 'usage', meaning: 'No repo has a worktree in a set of that name.' },
  'worktree-missing': { exit: 'usage', meaning: 'The set has no worktree of that repo.' },
  'worktree-gone': {
    exit: 'git',
    meaning: 'git still knows the worktree and its directory is gone; nothing was changed.',
  },
  'worktree-taken': { exit: 'git', meaning: 'Gantry never writes over files that it did not make.' },
  'worktree-other-branch': {
    exit: 'git',
    meaning: 'The worktree is there already, on another branch than the one that was asked for.',
  },
  'branch-elsewhere': {
    exit: 'git',
    meaning: 'git lets a branch be checked out in one worktree at a time; nothing was changed.',
  },
  'branch-taken': {
    exit: 'git',
    meaning: 'git can not have a branch whose name is a part of the path of another; nothing was changed.',
  },
  'branch-ambiguous': {
    exit: 'git',
    meaning: 'Several remotes have a branch of that name, and nothing says which one is meant.',
  },
  'base-unknown': {
    exit: 'git',
    meaning: 'There is nothing to start the branch from in this repo; no repo was changed.',
  },
  'worktree-dirty': {
    exit: 'git',
    meaning: 'It has work that is in no commit, or commits that are nowhere else; it was left alone.',
  },
  'worktree-busy': {
    exit: 'git',
    meaning: 'Somebody has begun something there and not finished it; it was left alone.',
  },
  'worktree-locked': { exit: 'git', meaning: 'Somebody wants it to stay; it was left alone.' },
  'branch-only-here': {
    exit: 'git',
    meaning: 'Deleting the branch would take the last name from these commits; nothing was changed.',
  },
  'branch-standing': {
    exit: 'git',
    meaning: 'The default branch and develop are not deleted along with a worktree; nothing was changed.',
  },
  'worktree-setup-failed': {
    exit: 'failed',
    meaning: 'The worktree is there and stays; only its setup command did not succeed.',
  },
});
