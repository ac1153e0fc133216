import { errors } from '#engines/core/errors.ts';

export const flowError = errors({
  'flow-off': {
    exit: 'git',
    meaning:
      'The branches that the flow model needs are not there, so no flow branch can be started or finished.',
  },
  'flow-base-missing': {
    exit: 'git',
    meaning: 'A flow branch starts from a local branch, and this one is not there.',
  },
  'flow-base-unnamed': { exit: 'usage', meaning: 'git-flow takes no base for granted here.' },
  'flow-base-behind': {
    exit: 'git',
    meaning:
      'The remote has commits that are missing here; starting or finishing without them makes conflicts later.',
  },
  'flow-name-missing': {
    exit: 'usage',
    meaning: 'Without a name, the flow branch that is checked out where you are is meant.',
  },
  'flow-name-invalid': { exit: 'usage', meaning: "git's rules for names do not allow this one." },
  'flow-version-invalid': {
    exit: 'usage',
    meaning: 'Releases and hotfixes are named by semantic versions: 1.4.0, 2.0.0-rc.1.',
  },
  'flow-branch-exists': { exit: 'git', meaning: 'The name is taken, and what has it is left alone.' },
  'flow-branch-missing': { exit: 'git', meaning: 'No repo that was asked for has it.' },
  'flow-branch-elsewhere': {
    exit: 'git',
    meaning: 'git keeps a branch checked out in one worktree at a time, and does not delete one that is.',
  },
  'flow-open': {
    exit: 'git',
    meaning: 'One release and one hotfix are open at a time; it is finished or deleted first.',
  },
  'flow-tag-exists': { exit: 'git', meaning: 'The version was tagged already, at another commit.' },
  'flow-dirty': {
    exit: 'git',
    meaning: 'Changes that are not committed would get into the way, or into the merge.',
  },
  'flow-moved': {
    exit: 'git',
    meaning: 'The published branch has commits that are missing here; finishing would lose sight of them.',
  },
  'flow-unmerged': {
    exit: 'git',
    meaning: 'Its commits are in no other branch; without it they would be lost.',
  },
  'flow-nothing': { exit: 'git', meaning: 'There is nothing on it that could be finished.' },
  'flow-remote-missing': {
    exit: 'git',
    meaning: 'Publishing needs a remote, and the repo knows none of that name.',
  },
  'flow-unrelated': { exit: 'git', meaning: 'git merges only what has a commit in common.' },
  'flow-unreleasable': {
    exit: 'git',
    meaning: 'A flow branch is finished; what is released as it is are other branches, develop first.',
  },
  'flow-hook-refused': {
    exit: 'git',
    meaning: "The repository's own hook did not let it happen; nothing was changed in that repo.",
  },
  'flow-filter-failed': {
    exit: 'git',
    meaning: "The repository's own filter is asked for a version or a message, and it gave none.",
  },
  'flow-message-twice': { exit: 'usage', meaning: 'A tag has one message: a text, or what a file has.' },
  'flow-message-missing': { exit: 'usage', meaning: 'A tag needs a message, and the file has none.' },
  'flow-main-missing': {
    exit: 'git',
    meaning: 'Nobody says which branch releases are on, and none has a usual name.',
  },
});
