import { errors } from '#engines/core/errors.ts';

export const pipelineError = errors({
  'pipeline-cycle': {
    exit: 'failed',
    meaning: 'An artifact that runs itself would never come to its end; nothing was started.',
  },
  'pipeline-large': {
    exit: 'failed',
    meaning:
      'Artifacts within artifacts are bounded in depth and in their steps altogether; nothing was started.',
  },
  'pipeline-empty': { exit: 'failed', meaning: 'Nothing would be done by it; nothing was started.' },
  'pipeline-unrunnable': {
    exit: 'failed',
    meaning: 'All steps of all artifacts are looked at before the first one starts; nothing was started.',
  },
  'step-avoided': {
    exit: 'denied',
    meaning:
      'The guardrails of an artifact hold for its steps and for those of every artifact that it runs; nothing was started.',
  },
  'step-failed': { exit: 'failed', meaning: 'The run ended with it; the steps before it are done.' },
  'request-failed': { exit: 'network', meaning: 'The run ended with it; the steps before it are done.' },
  'step-timeout': {
    exit: 'failed',
    meaning:
      'The time of an artifact is that of its whole run; what ran then was ended with all that it had started.',
  },
  'artifact-moved': {
    exit: 'failed',
    meaning:
      'What an artifact keeps secret is read when it is needed, and that is not what was planned with.',
  },
  'witness-unwritable': {
    exit: 'failed',
    meaning: 'Every run leaves a witness; a step without one is not begun.',
  },
  'run-unknown': {
    exit: 'usage',
    meaning: 'A run is known by its witness in ~/.jos/runs; the oldest are removed.',
  },
});
