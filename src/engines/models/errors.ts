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
  'model-local': { exit: 'usage', meaning: 'No hub has it, so that there is nothing to download it from.' },
  'models-nowhere': {
    exit: 'usage',
    meaning:
      'Models are kept in one directory: GANTRY_MODELS, the setting models.directory, or .test-models of a workspace.',
  },
});
