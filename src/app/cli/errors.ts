import { errors } from '#engines/core/errors.ts';

export const cliError = errors({
  usage: { exit: 'usage', meaning: 'The command line does not fit the command; nothing was done.' },
  'command-unknown': { exit: 'usage', meaning: 'Nothing was done.' },
  'editor-failed': { exit: 'failed', meaning: 'The file is as the editor left it.' },
});
