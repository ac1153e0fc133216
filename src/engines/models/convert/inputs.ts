import { modelsError } from '../errors.ts';

/** A repository that has nothing to convert a model from. */
export function noInputs(id: string, repo: string) {
  return modelsError('conversion-inputs', `${repo} has no files that ${id} could be made of.`, {
    next: ['gantry models catalog'],
    details: { id, repo },
  });
}
