import type { Context } from '#engines/core/context.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { configError } from './errors.ts';
import { misspelt } from './key.ts';
import { type Place, placeOfKey } from './place.ts';
import { isKey, KEYS, type Key, settingOf, type Value, variableOf } from './settings.ts';
import type { Ignored, Origin } from './types.ts';
import { brokenAt, readUserFile } from './user.ts';
import { check, checkText, flatten } from './values.ts';

/** The settings of one origin. */
export interface Layer {
  origin: Exclude<Origin, 'default'>;
  /** Null for the environment. */
  file: string | null;
  values: Map<Key, Value>;
  /** How the file nests each of its keys. */
  paths: Map<Key, string[]>;
  ignored: Ignored[];
}

/** The layers above the defaults, weakest first. A value that is not allowed fails with its place. */
export async function readLayers(context: Context, workspace?: Workspace): Promise<Layer[]> {
  const found = workspace ?? (context.workspace ? await workspaceAround(context) : undefined);
  const layers = [await userLayer(context)];
  if (found) layers.push(await workspaceLayer(found));
  return [...layers, environmentLayer(context.env)];
}

async function workspaceAround(context: Context): Promise<Workspace> {
  const { readWorkspace } = await import('#engines/workspace/read.ts');
  return readWorkspace(context);
}

export async function userLayer({ paths }: Pick<Context, 'paths'>): Promise<Layer> {
  const { file, text, data } = await readUserFile(paths);
  return fileLayer({ origin: 'user', file, data, placeOf: async (path) => placeOfKey(text, path) });
}

export function workspaceLayer({ manifestPath, manifest, text }: Workspace): Promise<Layer> {
  return fileLayer({
    origin: 'workspace',
    file: manifestPath,
    data: manifest.settings ?? {},
    placeOf: async (path) =>
      (await import('#engines/workspace/locate.ts')).locate(text, ['settings', ...path]),
  });
}

interface Source {
  origin: 'user' | 'workspace';
  file: string;
  data: Record<string, unknown>;
  placeOf(path: string[]): Promise<Place>;
}

async function fileLayer({ origin, file, data, placeOf }: Source): Promise<Layer> {
  const layer: Layer = { origin, file, values: new Map(), paths: new Map(), ignored: [] };
  for (const { key, path, value } of flatten(data)) {
    const reason = ignoredBecause(key, origin);
    if (reason !== undefined || !isKey(key)) {
      layer.ignored.push({ key, file, reason: reason ?? 'it is no setting' });
      continue;
    }
    const checked = check(key, value);
    if ('reason' in checked) throw brokenAt(file, await placeOf(path), `${key}: ${checked.reason}`);
    layer.values.set(key, checked.value);
    layer.paths.set(key, path);
  }
  return layer;
}

function ignoredBecause(key: string, origin: Source['origin']): string | undefined {
  if (!isKey(key)) return misspelt(key);
  return origin === 'workspace' && settingOf(key).personal ? 'a workspace can not set it' : undefined;
}

function environmentLayer(env: Context['env']): Layer {
  const values = new Map<Key, Value>();
  for (const key of KEYS) {
    const text = env[variableOf(key)];
    if (text === undefined || text === '') continue;
    const checked = checkText(key, text);
    if ('reason' in checked) {
      throw configError('setting-invalid', `${variableOf(key)}: ${checked.reason}.`, {
        next: [`unset ${variableOf(key)}`, `gantry config get ${key}`],
        details: { key, variable: variableOf(key) },
      });
    }
    values.set(key, checked.value);
  }
  return { origin: 'environment', file: null, values, paths: new Map(), ignored: [] };
}
