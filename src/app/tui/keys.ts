import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathsFrom } from '#engines/core/paths.ts';
import { DEFAULT } from '#keymaps/default.ts';
import type { Entry } from '#keymaps/entry.ts';
import { createKeymap, type Keymap } from '#keymaps/keymap.ts';
import { STRICT } from '#keymaps/strict.ts';

interface Keys {
  keymap: Keymap;
  /** What is wrong in the person's own file, with its place; the rest of the file holds. */
  problems: string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The keymap that the settings name, with the person's own keys from `keymap.toml` laid over it. */
export async function readKeys(env: Environment): Promise<Keys> {
  const { config } = pathsFrom(env);
  const entries = (await keymapSetting(env, config)) === 'strict' ? STRICT : DEFAULT;
  const file = join(config, 'keymap.toml');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined
    ? { keymap: createKeymap(entries), problems: [] }
    : overridden(entries, file, text);
}

async function overridden(entries: readonly Entry[], file: string, text: string): Promise<Keys> {
  const [{ override }, { parse, TomlError }, { locate }, { nearest }] = await Promise.all([
    import('#keymaps/overrides.ts'),
    import('smol-toml'),
    import('#engines/workspace/locate.ts'),
    import('#engines/core/nearest.ts'),
  ]);
  try {
    const { entries: own, problems } = override(entries, parse(text), nearest);
    const told = problems.map(({ path, message }) => {
      const { line, column } = locate(text, path);
      return `${file}:${line}:${column}: ${message}`;
    });
    return { keymap: createKeymap(own), problems: told };
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown;
    const what = thrown.message.split('\n')[0] ?? '';
    return { keymap: createKeymap(entries), problems: [`${file}:${thrown.line}:${thrown.column}: ${what}`] };
  }
}

/** The one setting that the first frame needs; a settings file that can't be read is reported where settings are. */
async function keymapSetting(env: Environment, config: string): Promise<unknown> {
  if (env.GANTRY_SCREEN_KEYMAP) return env.GANTRY_SCREEN_KEYMAP;
  const text = await readFile(join(config, 'config.json'), 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text)?.screen?.keymap;
  } catch {
    return undefined;
  }
}
