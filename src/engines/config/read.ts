import type { Context } from '#engines/core/context.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { requireKey } from './key.ts';
import { type Layer, readLayers } from './layers.ts';
import { KEYS, type Key, SETTINGS, type Settings, settingOf, variableOf } from './settings.ts';
import type { Ignored, SettingRow } from './types.ts';

/** Every setting as it holds in this context; `workspace` saves reading the manifest again. */
export async function readSettings(context: Context, workspace?: Workspace): Promise<Settings> {
  const layers = await readLayers(context, workspace);
  const values = KEYS.map((key) => [key, holding(layers, key)?.values.get(key) ?? SETTINGS[key].fallback]);
  return Object.fromEntries(values) as Settings;
}

export async function readShow(
  _: unknown,
  context: Context,
): Promise<{ settings: SettingRow[]; ignored: Ignored[] }> {
  const layers = await readLayers(context);
  return {
    settings: KEYS.map((key) => rowOf(layers, key)),
    ignored: layers.flatMap((layer) => layer.ignored),
  };
}

export async function readOne({ key }: { key: string }, context: Context): Promise<SettingRow> {
  const known = requireKey(key);
  return rowOf(await readLayers(context), known);
}

/** The strongest layer that sets a key. */
function holding(layers: Layer[], key: Key): Layer | undefined {
  return layers.findLast((layer) => layer.values.has(key));
}

function rowOf(layers: Layer[], key: Key): SettingRow {
  const { fallback, unit, description, personal, schema } = settingOf(key);
  const layer = holding(layers, key);
  return {
    key,
    value: layer?.values.get(key) ?? fallback,
    origin: layer?.origin ?? 'default',
    source: layer ? (layer.file ?? variableOf(key)) : null,
    default: fallback,
    unit: unit ?? null,
    description,
    variable: variableOf(key),
    allowed: typeof fallback === 'boolean' ? ['true', 'false'] : wordsOf(schema),
    personal: personal ?? false,
  };
}

function wordsOf(schema: object): string[] | null {
  return 'options' in schema ? (schema.options as string[]) : null;
}
