import { errors } from '#engines/core/errors.ts';

export const storeError = errors({
  'store-newer': {
    exit: 'failed',
    meaning: 'A newer Gantry has changed the database in a way that this one cannot handle.',
  },
  'store-unusable': {
    exit: 'failed',
    meaning: 'Gantry keeps its activity, plans and undo there and does nothing without it.',
  },
  'store-unwritable': {
    exit: 'failed',
    meaning: 'What was done by then stands in the journal, and nothing more was begun.',
  },
});
