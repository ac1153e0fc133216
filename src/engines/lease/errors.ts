import { errors } from '#engines/core/errors.ts';

export const leaseError = errors({
  leased: {
    exit: 'denied',
    meaning: 'Somebody else is at work there: it was left alone.',
  },
  'lease-target-unknown': {
    exit: 'usage',
    meaning: 'A lease is on a repo of the workspace, or on the worktrees of a set.',
  },
  'lease-name': {
    exit: 'usage',
    meaning: 'A script may name itself; a person goes by the login and an agent by its client.',
  },
});
