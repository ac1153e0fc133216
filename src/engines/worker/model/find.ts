import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { sumOf } from '#engines/models/belongings.ts';
import { sizeOfFile, sizeOfModel, weightsIn } from '#engines/models/files.ts';
import { isHere, modelsOf } from '#engines/models/local.ts';
import { modelDirectory } from '#engines/models/place.ts';
import type { Template } from '../backend/template.ts';
import { workerError } from '../errors.ts';

export interface Model {
  /** As it was said. */
  name: string;
  /** What the program is given: an absolute path, or a name that it knows. */
  value: string;
  /** Bytes; undefined of a name. */
  size?: number;
}

/** A model by path or by its id in the model directory. Throws `model-missing` and `model-ambiguous`. */
export function findModel(name: string, kind: Template['model'], context: Context): Model {
  if (kind === 'name') return { name, value: name };
  const path = byPath(name, context) ?? byId(name, context);
  if (path !== undefined) return { name, value: path, size: sizeOfModel(path) };
  if (kind === 'either') return { name, value: name };
  throw missing(name, context);
}

/** Ids of the models that are there, with their sizes. */
export function presentModels(context: Context): { id: string; size: number }[] {
  return modelsOf(context)
    .filter(isHere)
    .map(({ id, weights }) => ({ id, size: sumOf(weights) }));
}

function byId(id: string, context: Context): string | undefined {
  const [path, ...others] = pathsOf(id, context);
  if (path === undefined || others.length === 0) return path;
  const files = [path, ...others].map((file) => basename(file));
  throw workerError('model-ambiguous', `${id} has ${files.length} files: ${files.join(', ')}.`, {
    next: [path, ...others].map((file) => `gantry worker spawn … --model ${quote(file)}`),
    details: { id, files },
  });
}

/** The model of that id where it is there; else what is in the directory of its name and is no other entry's. */
function pathsOf(id: string, context: Context): string[] {
  const dir = modelDirectory(context);
  const models = modelsOf(context);
  const known = models.find((model) => model.id === id);
  if (known && isHere(known)) return known.weights.slice(0, 1).map(withConfiguration);
  if (dir === undefined || !/^[^/\0]+$/.test(id) || id.startsWith('.')) return [];
  const own = join(dir, id);
  const others = new Set(models.flatMap(({ entry, weights }) => (entry ? weights : [])));
  const left = weightsIn(own).map((name) => join(own, name));
  // Weights with their configuration beside them are one model, however many files they are in.
  return [...new Set(left.filter((file) => !others.has(file)).map(withConfiguration))];
}

/** Programs that read safetensors read their configuration as well, and so are given the directory. */
function withConfiguration(path: string): string {
  const directory = dirname(path);
  const isWhole = path.endsWith('.safetensors') && sizeOfFile(join(directory, 'config.json')) !== undefined;
  return isWhole ? directory : path;
}

/** A directory has to be said as a path: beside a repo of its name an id stays an id. */
function byPath(name: string, { cwd }: Context): string | undefined {
  const path = resolve(cwd, name);
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() || (found?.isDirectory() && name.includes('/')) ? path : undefined;
}

function missing(name: string, context: Context): GantryError {
  const dir = modelDirectory(context);
  const ids = presentModels(context).map(({ id }) => id);
  const meant = nearest(name, ids);
  const hint = meant ? ` Did you mean ${meant}?` : ids.length > 0 ? ` There are ${ids.join(', ')}.` : '';
  const where = dir === undefined ? 'and nothing says where models are' : `and not in ${dir}`;
  return workerError('model-missing', `${name} is no file, ${where}.${hint}`, {
    next: [
      ...(meant ? [`gantry worker spawn … --model ${quote(meant)}`] : []),
      dir === undefined ? 'export GANTRY_MODELS=~/models' : `ls ${quote(dir)}`,
    ],
    details: { name, ...(dir && { directory: dir }), models: ids },
  });
}
