import { errors } from '#engines/core/errors.ts';

export const repoError = errors({
  'repos-unnamed': {
    exit: 'usage',
    meaning: 'What could lose work is done only where you say: name the repos, or say all.',
  },
  'no-upstream': { exit: 'git', meaning: 'The checked-out branch follows no branch of a remote.' },
  'upstream-gone': { exit: 'git', meaning: 'The branch that it followed no longer exists on the remote.' },
  'no-branch': { exit: 'git', meaning: 'HEAD is detached: a commit is checked out, and no branch.' },
  'no-commit': { exit: 'git', meaning: 'The branch has no commit yet.' },
  'no-remote': { exit: 'git', meaning: 'The repository knows no remote.' },
  'behind-upstream': {
    exit: 'git',
    meaning: 'The remote branch has commits that are missing here; a push would be rejected.',
  },
  'options-clash': { exit: 'usage', meaning: 'These options make no sense together; nothing was planned.' },
  'branch-elsewhere': {
    exit: 'git',
    meaning:
      'git checks a branch out in one worktree at a time, so that none is changed behind the back of another.',
  },
  'branch-taken': { exit: 'git', meaning: 'A branch that exists is left where it is.' },
  'branch-ambiguous': { exit: 'git', meaning: 'Only you know which of them is to be followed.' },
  'tag-taken': { exit: 'git', meaning: 'A tag stands for one commit for good; it is not moved.' },
  'message-unusable': { exit: 'usage', meaning: 'No editor is opened: the message comes with the command.' },
  'identity-unknown': { exit: 'git', meaning: 'A commit says who made it.' },
  conflicts: { exit: 'git', meaning: 'They have to be resolved by hand before anything is committed.' },
});
