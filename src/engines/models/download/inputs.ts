import { join } from 'node:path';
import type { Asking } from '#engines/download/hub/ask.ts';
import { filesOf } from '#engines/download/hub/tree.ts';
import type { Entry } from '../catalog/entry.ts';
import { modelsError } from '../errors.ts';
import { INPUTS } from '../local.ts';
import type { Wanted } from './wanted.ts';

/** What a converter reads beside the weights: configuration, vocabulary, templates. */
const BESIDE = /^[^/]+\.(json|txt|model|jinja)$/;
/** Weights in the forms in which repositories have them, the best first; only one of them is fetched. */
const WEIGHTS = [/^[^/]+\.safetensors$/, /^pytorch_model[^/]*\.bin$/];

/** The files of its repository that a model is made from. Throws what the hub answers. */
export async function inputsWanted(
  { id, repo = '', revision = 'main' }: Entry,
  directory: string,
  asking: Asking,
): Promise<Wanted[]> {
  const files = (await filesOf({ repo, revision }, asking)).map(({ file }) => file);
  const weights = WEIGHTS.find((form) => files.some((file) => form.test(file)));
  if (!weights) {
    throw modelsError('conversion-inputs', `${repo} has no weights that ${id} could be made from.`, {
      next: [`gantry models info ${id}`],
    });
  }
  return files
    .filter((file) => weights.test(file) || BESIDE.test(file))
    .map((file) => ({
      ...{ repo, file, revision, model: id, sha256: null, isOneOfMany: true },
      directory: join(directory, INPUTS),
    }));
}
