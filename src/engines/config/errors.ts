import { errors } from '#engines/core/errors.ts';

export const configError = errors({
  'setting-unknown': { exit: 'usage', meaning: 'Nothing was changed.' },
  'setting-invalid': { exit: 'usage', meaning: 'Gantry does not guess what a setting was meant to be.' },
  'setting-personal': {
    exit: 'usage',
    meaning:
      'It is a matter of the person or the machine, so a workspace that came from elsewhere can not set it.',
  },
  'setting-needs-person': {
    exit: 'denied',
    meaning:
      'It is run as a command, so that only a person sets it; programs and agents can only ask for it.',
  },
  'settings-broken': {
    exit: 'usage',
    meaning: 'The file is left exactly as it is until it can be read again.',
  },
  'settings-unwritable': { exit: 'failed', meaning: 'Your own settings are as they were before.' },
  'settings-unreadable': { exit: 'failed', meaning: 'Without the file your own settings are not known.' },
});
