import { errors } from '#engines/core/errors.ts';

export const envError = errors({
  'variable-invalid': {
    exit: 'usage',
    meaning: 'A variable is NAME=value; names have letters, digits and `_`.',
  },
  'variable-secret': {
    exit: 'usage',
    meaning: 'Values of variables are kept and shown; a secret reaches a process from a vault alone.',
  },
  'variable-unset': { exit: 'failed', meaning: 'The set does not have it.' },
});
