import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';

/** Where models are kept on this machine; undefined where nothing says so. */
export function modelDirectory({ env, workspace, cwd }: Context): string | undefined {
  if (env.GANTRY_MODELS) return resolve(cwd, env.GANTRY_MODELS);
  return workspace === undefined ? undefined : join(workspace, '.test-models');
}

const WEIGHTS = /\.(gguf|safetensors)$/;

/** Names of the files of a directory that hold weights. */
export function weightsIn(dir: string): string[] {
  return namesIn(dir).filter((name) => WEIGHTS.test(name) && sizeOfFile(join(dir, name)) !== undefined);
}

/** Bytes of a model: its file, or all weights in its directory. */
export function sizeOfModel(path: string): number {
  const own = sizeOfFile(path);
  if (own !== undefined) return own;
  return weightsIn(path).reduce((sum, name) => sum + (sizeOfFile(join(path, name)) ?? 0), 0);
}

/** Undefined where there is no such file. */
export function sizeOfFile(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}

export function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).toSorted();
  } catch {
    return [];
  }
}
