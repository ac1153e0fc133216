import { errors } from '#engines/core/errors.ts';

export const submoduleError = errors({
  'submodules-unnamed': { exit: 'usage', meaning: 'Submodules are changed only where you say which.' },
  'submodule-unknown': { exit: 'usage', meaning: 'No .gitmodules of these repos declares it.' },
  'submodule-undeclared': {
    exit: 'git',
    meaning:
      'The repo records a commit of it, and git can not tell from its .gitmodules where that comes from.',
  },
  'submodule-missing': { exit: 'git', meaning: 'Its files are not there (yet).' },
  'submodule-dirty': {
    exit: 'git',
    meaning: 'Its tracked files have changes that are in no commit; they are left alone.',
  },
  'submodule-commits': {
    exit: 'git',
    meaning: 'Commits on a detached HEAD are in no branch: once it moves on, nothing names them any more.',
  },
  'branch-unknown': { exit: 'usage', meaning: 'Neither the submodule nor its remote has such a branch.' },
});
