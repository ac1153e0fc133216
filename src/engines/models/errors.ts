import { errors } from '#engines/core/errors.ts';

export const modelsError = errors({
  'catalog-invalid': {
    exit: 'usage',
    meaning:
      'What stands in a catalog is taken as a whole or not at all, so that no model is another than it says.',
  },
  'catalog-unreadable': { exit: 'failed', meaning: 'Without it nobody knows which models it adds.' },
  'model-unknown': {
    exit: 'usage',
    meaning: 'Models go by the ids of the catalogs: the shipped one, your own, and that of the workspace.',
  },
  'model-absent': { exit: 'failed', meaning: 'Only what is here can be looked at; nothing was changed.' },
  'model-broken': {
    exit: 'failed',
    meaning: 'The file is not the one that it should be; a worker that loads it fails, or answers nonsense.',
  },
  'models-nowhere': {
    exit: 'usage',
    meaning:
      'Models are kept in one directory: GANTRY_MODELS, the setting models.directory, or .test-models of a workspace.',
  },
});
