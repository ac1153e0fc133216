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
  'model-absent': { exit: 'failed', meaning: 'Only what is here can be looked at; nothing was changed.' },
  'model-broken': {
    exit: 'failed',
    meaning: 'The file is not the one that it should be; a worker that loads it fails, or answers nonsense.',
  },
  'model-in-use': {
    exit: 'failed',
    meaning: 'Its files were left as they are; whoever uses them would fail.',
  },
  'model-exists': {
    exit: 'failed',
    meaning: 'An id stands for one model; the one that is there was left as it is.',
  },
  'model-unregistered': {
    exit: 'failed',
    meaning: 'Only what your own catalog lists can be taken out of it.',
  },
  'model-source': {
    exit: 'usage',
    meaning:
      'A model is registered from a file or a directory of this machine, or from a repository and a file of the Hub.',
  },
  'catalog-wrong': {
    exit: 'failed',
    meaning: 'What the catalog lists can not be downloaded as it stands there.',
  },
  'catalog-unchecked': { exit: 'network', meaning: 'The hub did not answer, so that nobody knows.' },
  'catalog-changed': {
    exit: 'failed',
    meaning: 'Somebody else wrote the catalog meanwhile; nothing of it was overwritten.',
  },
  'catalog-unwritable': { exit: 'failed', meaning: 'The catalog is as it was before.' },
  'catalog-unpatchable': {
    exit: 'failed',
    meaning: 'Gantry could not make this change without touching other parts of the file, so it made none.',
  },
  'conversion-needless': {
    exit: 'usage',
    meaning: 'Its repository has the file as it is used; nothing is made of it.',
  },
  'conversion-inputs': {
    exit: 'failed',
    meaning: 'A model is converted from the files of its repository, which are fetched first.',
  },
  'conversion-failed': {
    exit: 'failed',
    meaning: 'Nothing was put under the name of the model; what it was made from is still there.',
  },
  'converter-missing': {
    exit: 'failed',
    meaning: 'What makes GGUF files of PyTorch files comes with llama.cpp.',
  },
  'converter-untrusted': {
    exit: 'denied',
    meaning:
      'What a workspace brings runs only where a person trusts it, and nothing of this one is trusted.',
  },
  'python-missing': { exit: 'failed', meaning: 'The converter is a Python program.' },
  'models-nowhere': {
    exit: 'usage',
    meaning:
      'Models are kept in one directory: GANTRY_MODELS, the setting models.directory, or .test-models of a workspace.',
  },
});
