import { errors } from '#engines/core/errors.ts';

export const serviceError = errors({
  'artifact-missing': {
    exit: 'failed',
    meaning: 'An artifact is a .jos file, or the name of one in ~/.jos/artifacts.',
  },
  'artifact-unreadable': { exit: 'failed', meaning: 'Nothing of it was used.' },
  'artifact-too-large': {
    exit: 'failed',
    meaning: 'An artifact is a description and no container: what is larger is not read.',
  },
  'artifact-json': {
    exit: 'failed',
    meaning: 'An artifact is strict JSON: no comments, no trailing commas, no name twice in one object.',
  },
  'artifact-invalid': {
    exit: 'failed',
    meaning: 'It does not keep to its generation of the format; nothing of it was used.',
  },
  'artifact-unsupported': {
    exit: 'failed',
    meaning: 'No program runs artifacts of this kind; a file that can be run has to be written anew.',
  },
  'artifact-not-startable': {
    exit: 'failed',
    meaning: 'It can be looked at and run, and not be kept running.',
  },
  'artifact-changed': {
    exit: 'failed',
    meaning: 'Somebody else wrote there meanwhile; it was left as it is.',
  },
  'artifact-unwritable': { exit: 'failed', meaning: 'The file is as it was.' },
  'integrity-failed': {
    exit: 'failed',
    meaning: 'It is not what was signed, or nobody can tell: it was changed, or its signature was.',
  },
  'reference-outside': {
    exit: 'failed',
    meaning:
      'An artifact reaches what is in its directory, below that or in its workspace, and what is installed.',
  },
  'signature-taken': {
    exit: 'failed',
    meaning: 'Signing writes a manifest, and goes over no other file; nothing was done.',
  },
  'flow-unknown': { exit: 'failed', meaning: 'An artifact is run by one of its flows; main unless told.' },
  'flow-unrunnable': {
    exit: 'failed',
    meaning: 'All steps are looked at before the first one starts; nothing was done.',
  },
  'service-unknown': { exit: 'usage', meaning: 'No service of that name is on record.' },
  'service-nothing': {
    exit: 'usage',
    meaning: 'A service is an artifact or a command that is kept running.',
  },
  'service-running': {
    exit: 'failed',
    meaning: 'It goes on as it is: what runs is stopped before it is started as something else.',
  },
  'release-unknown': { exit: 'usage', meaning: 'There is nothing to go back to.' },
  'service-name': {
    exit: 'usage',
    meaning: 'A name has letters, digits, `-`, `_` and `.`, and stands for one service on this machine.',
  },
});
