import { isAbsolute, join, resolve } from 'node:path';
import { readModelsSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import type { Entry } from './catalog/entry.ts';
import { modelsError } from './errors.ts';

type World = Pick<Context, 'env' | 'paths' | 'workspace' | 'cwd'>;

export interface Place {
  /** Absolute. */
  directory: string;
  /** Of its file, or of the first of its shards. */
  path: string;
}

/** Where models are kept on this machine; undefined where nothing says so. */
export function modelDirectory({ env, paths, workspace, cwd }: World): string | undefined {
  if (env.GANTRY_MODELS) return resolve(cwd, env.GANTRY_MODELS);
  const { 'models.directory': own } = readModelsSettings({ paths, env });
  if (own !== '') return resolve(paths.home, own.replace(/^~(?=\/|$)/, paths.home));
  return workspace === undefined ? undefined : join(workspace, '.test-models');
}

/** Throws `models-nowhere`. */
export function requireModelDirectory(context: World): string {
  const directory = modelDirectory(context);
  if (directory !== undefined) return directory;
  throw modelsError('models-nowhere', 'Nothing says where models are kept.', {
    next: ['gantry config set models.directory ~/models', 'export GANTRY_MODELS=~/models'],
  });
}

/** Where an entry's file is, or would be. Throws `models-nowhere`. */
export function placeOf({ dir, file }: Pick<Entry, 'dir' | 'file'>, context: World): Place {
  const directory = isAbsolute(dir) ? resolve(dir) : resolve(requireModelDirectory(context), dir);
  return { directory, path: join(directory, file) };
}
