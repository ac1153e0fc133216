import { errors } from '#engines/core/errors.ts';

export const secretsError = errors({
  'vault-missing': {
    exit: 'failed',
    meaning: 'A vault is a directory with `vault.json` and the key `.master`.',
  },
  'vault-open': {
    exit: 'denied',
    meaning: 'Whoever can read the key can read every secret; it was not used.',
  },
  'vault-unreadable': { exit: 'failed', meaning: 'No secret of it reaches any process.' },
  'token-unusable': {
    exit: 'denied',
    meaning: 'A token stands in a file that nobody else can read; it is made anew where there is none.',
  },
  'vault-unlinked': { exit: 'failed', meaning: 'No vault stands behind that set of variables.' },
});
