import { nearest } from '#engines/core/nearest.ts';
import { configError } from './errors.ts';
import { isKey, KEYS, type Key } from './settings.ts';

/** The key of that name, or the failure that names the nearest one. */
export function requireKey(key: string): Key {
  if (isKey(key)) return key;
  const close = nearest(key, KEYS);
  throw configError('setting-unknown', `There is no setting ${JSON.stringify(key)}.${hint(close)}`, {
    next: [...(close ? [`gantry config get ${close}`] : []), 'gantry config show'],
    details: { key, ...(close && { nearest: close }) },
  });
}

/** Why a key in a file has no effect. */
export function misspelt(key: string): string {
  return `it is no setting.${hint(nearest(key, KEYS))}`;
}

function hint(close: string | undefined): string {
  return close ? ` Did you mean ${close}?` : '';
}
