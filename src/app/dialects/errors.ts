import { errors } from '#engines/core/errors.ts';

export const dialectError = errors({
  'command-later': {
    exit: 'failed',
    meaning: 'Gantry does not have this part of the program yet; nothing was done.',
  },
  'option-later': {
    exit: 'failed',
    meaning: 'Gantry does not have this part of the command yet; nothing was done.',
  },
  'options-misfit': { exit: 'usage', meaning: 'The options do not fit together; nothing was done.' },
  'config-invalid': { exit: 'usage', meaning: 'The file of settings can not be used; nothing was done.' },
  'version-unnamed': {
    exit: 'usage',
    meaning: 'There is no version to go on from, so it has to be named; nothing was done.',
  },
  'submodule-unnamed': { exit: 'usage', meaning: 'No submodule was chosen; nothing was done.' },
  'not-confirmed': { exit: 'failed', meaning: 'Nothing was changed.' },
  'no-repository': {
    exit: 'failed',
    meaning: 'The command acts on the git repository around the current directory.',
  },
});
