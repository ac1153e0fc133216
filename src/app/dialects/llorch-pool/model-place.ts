import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Here } from '#app/cli/here.ts';
import { readModelsSettings } from '#engines/config/early.ts';
import type { Caller } from '#engines/core/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { loneRepo } from '#engines/workspace/lone.ts';
import type { Place } from '../dialect.ts';

/** Where workers are spawned from: any directory, with the models of `LLORCH_MODEL_BASE_DIR` or of the repository. */
export async function placedAtModels({
  caller,
}: Pick<Here, 'caller'>): Promise<{ caller: Caller; place: Place }> {
  const { cwd, workspace } = caller;
  const models = modelsFor(cwd, process.env);
  const env = models === undefined ? caller.env : { ...caller.env, GANTRY_MODELS: models };
  return { caller: { ...caller, env }, place: { cwd, workspace } };
}

/** `.test-models` of the repository, whether or not it is there yet; undefined where Gantry's own rules tell. */
function modelsFor(cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  const root = loneRepo(cwd)?.root ?? cwd;
  if (env.LLORCH_MODEL_BASE_DIR) return resolve(root, env.LLORCH_MODEL_BASE_DIR);
  if (env.GANTRY_MODELS !== undefined) return undefined;
  const own = join(root, '.test-models');
  const { 'models.directory': told } = readModelsSettings({ paths: pathsFrom(env), env });
  return existsSync(own) || told === '' ? own : undefined;
}
