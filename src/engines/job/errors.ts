import { errors } from '#engines/core/errors.ts';

export const jobError = errors({
  'job-nothing': { exit: 'usage', meaning: 'One thing is run: an artifact, an action or a command.' },
  'job-action': {
    exit: 'usage',
    meaning: 'Commands can run by themselves: what they do stands in the journal, so that it is done once.',
  },
  'job-input': { exit: 'usage', meaning: 'It would fail each time; nothing was done.' },
  'job-secret': { exit: 'usage', meaning: 'What runs by itself is kept and shown, and secrets are neither.' },
  'job-workspace': { exit: 'workspace', meaning: 'It runs in the workspace in which it was added.' },
  'job-busy': { exit: 'failed', meaning: 'Its runs do not overlap; the one that goes on was left alone.' },
  'job-failed': { exit: 'failed', meaning: 'It was run, and that did not come out well.' },
});
