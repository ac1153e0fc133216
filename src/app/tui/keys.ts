import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';
import { DEFAULT } from '#keymaps/default.ts';
import type { Entry } from '#keymaps/entry.ts';
import { createKeymap, type Keymap } from '#keymaps/keymap.ts';
import { STRICT } from '#keymaps/strict.ts';
import type { ScreenSettings } from './settings.ts';

interface Keys {
  keymap: Keymap;
  /** What is wrong in the person's own file, with its place; the rest of the file holds. */
  problems: string[];
}

/**
 * The keymap that the settings name, with the person's own keys from `keymap.toml` laid over it. Without that file
 * nothing is waited for: the first picture comes after this.
 */
export async function readKeys({ config }: Paths, base: ScreenSettings['keymap']): Promise<Keys> {
  const entries = base === 'strict' ? STRICT : DEFAULT;
  const file = join(config, 'keymap.toml');
  const text = textOf(file);
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

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
