import { errors } from '#engines/core/errors.ts';

export const mcpError = errors({
  usage: { exit: 'usage', meaning: 'The server was not started.' },
  'input-invalid': { exit: 'usage', meaning: 'The arguments do not fit the tool; nothing was done.' },
  'cursor-expired': {
    exit: 'usage',
    meaning: 'Its stream was closed: it went unused, newer ones took its place, or the server was restarted.',
  },
});
