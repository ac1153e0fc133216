import { errors } from '#engines/core/errors.ts';

export const workerError = errors({
  'backend-unknown': {
    exit: 'usage',
    meaning: 'A backend is a template by which workers are started: a shipped one, or one of your own.',
  },
  'backend-invalid': { exit: 'usage', meaning: 'No backend of that file is used until it can be read.' },
  'backend-missing': {
    exit: 'failed',
    meaning: 'The program of the backend has to be installed on this machine; nothing was started.',
  },
  'backend-fixed': { exit: 'usage', meaning: 'The program of that backend can not be told.' },
  'command-missing': { exit: 'usage', meaning: 'That backend runs whatever it is told to.' },
  'model-needed': { exit: 'usage', meaning: 'The program of that backend serves one model.' },
  'model-missing': {
    exit: 'failed',
    meaning: 'A model is a path, or the name of a directory in the model directory that has it.',
  },
  'model-ambiguous': {
    exit: 'usage',
    meaning: 'A name stands for one model; which one is meant is not guessed.',
  },
  'worker-unknown': {
    exit: 'usage',
    meaning:
      'No worker of that name, or with that pid, is on record; those of a pool manager can be listed, asked and stopped.',
  },
  'worker-pooled': {
    exit: 'failed',
    meaning: 'A pool manager has its workers to itself, with what they write; they can be asked and stopped.',
  },
  'worker-unnamed': { exit: 'usage', meaning: 'Workers are named, or all of them are meant.' },
  'worker-exists': {
    exit: 'failed',
    meaning: 'A name stands for one process on this machine; it was left alone.',
  },
  'worker-not-ready': { exit: 'failed', meaning: 'Only a worker that is ready can be asked.' },
  'port-taken': { exit: 'failed', meaning: 'A port belongs to one program; nothing was started.' },
  'ram-insufficient': {
    exit: 'failed',
    meaning:
      'A model takes its size in memory and a fifth more; a machine that runs out of it ends programs.',
  },
  'vram-insufficient': {
    exit: 'failed',
    meaning: 'A model takes its size in the memory of the GPU and a fifth more.',
  },
  'disk-insufficient': { exit: 'failed', meaning: 'There is no room for what the worker writes.' },
  'pool-denied': {
    exit: 'denied',
    meaning: 'A pool manager does as it is told by those who have its token.',
  },
  'pool-refused': { exit: 'failed', meaning: 'The pool manager was asked, and did not do it.' },
  'pool-broken': { exit: 'failed', meaning: 'Nothing of what it says is relied on.' },
  'pool-unreachable': { exit: 'network', meaning: 'Whether it has done what it was asked for is not known.' },
  'pool-unable': { exit: 'failed', meaning: 'Its API has no way to do that; the worker goes on.' },
  'pool-unfit': {
    exit: 'usage',
    meaning: 'Workers are left to the pool manager that is there, and are as that makes them.',
  },
  'pool-not-ready': { exit: 'failed', meaning: 'It was accepted, and did not come to serve.' },
  'prompt-missing': { exit: 'usage', meaning: 'Nothing was asked.' },
  'prompt-unreadable': { exit: 'usage', meaning: 'Nothing was asked.' },
  'dialect-none': { exit: 'usage', meaning: 'Nothing is known of how to ask it.' },
  'inference-refused': { exit: 'failed', meaning: 'The worker does not take the request as it is.' },
  'inference-failed': { exit: 'failed', meaning: 'What came before is all there is of the answer.' },
  'inference-unreachable': {
    exit: 'network',
    meaning: 'The worker could not be asked, or did not answer to the end.',
  },
});
