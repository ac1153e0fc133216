import { errors } from '#engines/core/errors.ts';

export const bundleError = errors({
  'bundle-invalid': {
    exit: 'usage',
    meaning:
      'What stands in a file of bundles is taken as a whole or not at all, so that none is half what it says.',
  },
  'bundle-unreadable': { exit: 'failed', meaning: 'Without it nobody knows which bundles it adds.' },
  'bundle-unknown': {
    exit: 'usage',
    meaning: 'Bundles go by their ids: the shipped ones, your own, and those of the workspace.',
  },
  'bundle-incomplete': {
    exit: 'failed',
    meaning: 'Its workers would end as soon as they look for their models; nothing was started.',
  },
  'bundle-idle': { exit: 'usage', meaning: 'It is there to be pulled: others use its files.' },
  'ollama-unreachable': {
    exit: 'network',
    meaning: 'Models of Ollama are kept by its server, which has to run for them to be listed and pulled.',
  },
  'ollama-refused': { exit: 'failed', meaning: 'The server of Ollama was asked, and did not do it.' },
});
