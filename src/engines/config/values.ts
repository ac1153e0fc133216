import { inWords } from '#engines/core/issues.ts';
import { isRecord } from '#engines/core/json.ts';
import { type Key, settingOf, type Value } from './settings.ts';

export type Checked = { value: Value } | { reason: string };

/** A value that was read as data. */
export function check(key: Key, value: unknown): Checked {
  const result = settingOf(key).schema.safeParse(value, { error: inWords });
  if (result.success) return { value: result.data };
  return { reason: (result.error.issues[0]?.message ?? 'it is not allowed').replace('Invalid input: ', '') };
}

/** A value that was given as text, in a shell or in the environment. */
export function checkText(key: Key, text: string): Checked {
  return check(key, fromText(key, text));
}

/** What a text stands for where the setting is a number, or on or off; other texts stand for themselves. */
export function fromText(key: Key, text: string): Value {
  const takes = typeof settingOf(key).fallback;
  if (takes === 'number' && /^-?\d+$/.test(text.trim())) return Number(text);
  if (takes === 'boolean' && /^(true|false)$/.test(text.trim())) return text.trim() === 'true';
  return text;
}

/** `{ undo: { keepDays: 3 } }` as `undo.keepDays` and 3; keys that are written with dots stay as they are. */
export function* flatten(table: Record<string, unknown>, before: readonly string[] = []): Generator<Flat> {
  for (const [part, value] of Object.entries(table)) {
    const path = [...before, part];
    if (isRecord(value)) yield* flatten(value, path);
    else yield { key: path.join('.'), path, value };
  }
}

export interface Flat {
  key: string;
  /** As the file nests it. */
  path: string[];
  value: unknown;
}
