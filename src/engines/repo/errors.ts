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
});
