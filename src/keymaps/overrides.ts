import { parseChord } from './chord.ts';
import type { Entry } from './entry.ts';
import { conflictsIn } from './keymap.ts';

/** What is wrong in a keymap file, and the path of the key where it stands. */
export interface Problem {
  path: readonly string[];
  message: string;
}

export interface Overridden {
  entries: readonly Entry[];
  problems: Problem[];
}

/** A parsed `keymap.toml`: ids with a chord, a list of chords, or `false`. Dots in ids may be TOML tables. */
export type Overrides = Record<string, unknown>;

/**
 * Lays a person's own keys over a keymap. A new chord replaces all that the id had; `false` disables it; what can't be
 * understood leaves the entry as it was and becomes a problem.
 */
export function override(
  entries: readonly Entry[],
  overrides: Overrides,
  nearest: (name: string, names: string[]) => string | undefined,
): Overridden {
  const problems: Problem[] = [];
  const changed = new Map<string, readonly string[]>();
  const ids = entries.map(({ id }) => id);
  for (const { path, value } of leaves(overrides)) {
    const id = path.join('.');
    if (!ids.includes(id)) {
      const meant = nearest(id, ids);
      problems.push({
        path,
        message: `there is no action or move \`${id}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
      });
      continue;
    }
    const keys = keysOf(value);
    if (keys === undefined) {
      problems.push({ path, message: 'expected a chord, a list of chords, or false' });
      continue;
    }
    const wrong = keys.flatMap((text) => {
      const parsed = parseChord(text);
      return parsed.ok ? [] : [{ path, message: `\`${text}\`: ${parsed.problem}` }];
    });
    problems.push(...wrong);
    if (wrong.length === 0) changed.set(id, keys);
  }
  const result = entries.map((entry) => {
    const keys = changed.get(entry.id);
    return keys ? { ...entry, keys } : entry;
  });
  return { entries: result, problems: [...problems, ...newConflicts(result, changed)] };
}

/** Conflicts that a changed id is part of; the file is where they can be mended. */
function newConflicts(entries: readonly Entry[], changed: ReadonlyMap<string, unknown>): Problem[] {
  return conflictsIn(entries).flatMap(({ ids, keys, why }) => {
    const culprit = ids.findIndex((id) => changed.has(id));
    const id = ids[culprit];
    if (id === undefined) return [];
    return [
      { path: id.split('.'), message: `\`${keys[culprit]}\` is also for \`${ids[1 - culprit]}\`: ${why}` },
    ];
  });
}

function keysOf(value: unknown): readonly string[] | undefined {
  if (value === false) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  return undefined;
}

function* leaves(
  table: Overrides,
  path: readonly string[] = [],
): Generator<{ path: string[]; value: unknown }> {
  for (const [name, value] of Object.entries(table)) {
    const here = [...path, ...name.split('.')];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      yield* leaves(value as Overrides, here);
    else yield { path: here, value };
  }
}
