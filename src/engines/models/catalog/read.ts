import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { flawText } from '#engines/workspace/toml.ts';
import { modelsError } from '../errors.ts';
import type { Entry, Origin } from './entry.ts';
import { entriesIn } from './format.ts';
import { SHIPPED } from './shipped.ts';

type World = Pick<Context, 'workspace' | 'paths'>;

/** Beside the other settings of the user. */
export function userCatalogFile({ paths }: Pick<Context, 'paths'>): string {
  return join(paths.config, 'catalog.toml');
}

/**
 * Every model by its id: of two that have the same, the workspace's takes the place of the user's, and that of the
 * shipped one. One that says nothing new is the one that stood there. Throws `catalog-invalid`.
 */
export function readCatalog({ workspace, paths }: World): Entry[] {
  const entries = new Map(SHIPPED.map((entry) => [entry.id, entry]));
  const own = [
    ...entriesOf(userCatalogFile({ paths }), 'user'),
    ...(workspace === undefined ? [] : entriesOf(join(workspace, 'catalog.toml'), 'workspace')),
  ];
  for (const entry of own) {
    const there = entries.get(entry.id);
    if (there && isDeepStrictEqual({ ...there, source: entry.source }, entry)) continue;
    entries.set(entry.id, entry);
  }
  return [...entries.values()];
}

/** Throws `model-unknown`. */
export function findEntry(id: string, context: World): Entry {
  const all = readCatalog(context);
  const found = all.find((entry) => entry.id === id);
  if (found) return found;
  throw unknownModel(id, all);
}

export function unknownModel(id: string, all: readonly { id: string }[]): GantryError {
  const meant = nearest(
    id,
    all.map((one) => one.id),
  );
  return modelsError('model-unknown', `There is no model ${id}${meant ? `; did you mean ${meant}?` : '.'}`, {
    next: [...(meant ? [`gantry models info ${quote(meant)}`] : []), 'gantry models catalog'],
    details: { id, ...(meant && { nearest: meant }) },
  });
}

function entriesOf(file: string, source: Origin): Entry[] {
  const text = textOf(file);
  if (text === undefined) return [];
  const read = entriesIn(text, source);
  if ('entries' in read) return read.entries;
  const { line, column, key } = read.flaw;
  throw modelsError('catalog-invalid', flawText(file, read.flaw), {
    next: [`$EDITOR +${line} ${quote(file)}`],
    details: { file, line, column, ...(key && { key }) },
  });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, thrown as Error);
  }
}

function unreadable(file: string, thrown: Error): GantryError {
  return modelsError('catalog-unreadable', `${file} could not be read: ${thrown.message}.`, {
    next: [`ls -l ${quote(file)}`],
    cause: thrown,
  });
}
