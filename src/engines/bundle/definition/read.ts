import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { flawText } from '#engines/workspace/toml.ts';
import { bundleError } from '../errors.ts';
import type { Bundle } from './bundle.ts';
import { bundlesIn } from './format.ts';
import { SHIPPED } from './shipped.ts';

type World = Pick<Context, 'workspace' | 'paths'>;

/** Every bundle by its id: of two that have the same, the workspace's goes before the user's, and that before the shipped one. */
export function readBundles({ workspace, paths }: World): Bundle[] {
  const own = [
    ...bundlesBelow(join(paths.config, 'bundles'), 'user'),
    ...(workspace === undefined ? [] : bundlesBelow(join(workspace, 'config', 'bundles'), 'workspace')),
  ];
  return [...new Map([...SHIPPED, ...own].map((bundle) => [bundle.id, bundle])).values()];
}

/** Those of that ids, each once; all of them for none. Throws `bundle-unknown`. */
export function bundlesNamed(ids: readonly string[], context: World): Bundle[] {
  const all = readBundles(context);
  return ids.length === 0 ? all : [...new Set(ids)].map((id) => named(id, all));
}

/** Throws `bundle-unknown`. */
export function requireBundle(id: string, context: World): Bundle {
  return named(id, readBundles(context));
}

function named(id: string, all: readonly Bundle[]): Bundle {
  const found = all.find((bundle) => bundle.id === id);
  if (found) return found;
  const meant = nearest(
    id,
    all.map((bundle) => bundle.id),
  );
  throw bundleError('bundle-unknown', `There is no bundle ${id}${meant ? `; did you mean ${meant}?` : '.'}`, {
    next: [...(meant ? [`gantry bundle show ${quote(meant)}`] : []), 'gantry bundle list'],
    details: { id, ...(meant && { nearest: meant }) },
  });
}

function bundlesBelow(directory: string, source: Bundle['source']): Bundle[] {
  return filesIn(directory).flatMap((file) => bundlesOf(file, source));
}

function bundlesOf(file: string, source: Bundle['source']): Bundle[] {
  const read = bundlesIn(
    reading(file, () => readFileSync(file, 'utf8')),
    source,
  );
  if ('bundles' in read) return read.bundles;
  const { line, column, key } = read.flaw;
  throw bundleError('bundle-invalid', flawText(file, read.flaw), {
    next: [`$EDITOR +${line} ${quote(file)}`],
    details: { file, line, column, ...(key && { key }) },
  });
}

/** In the order of their names, whatever the file system's is. */
function filesIn(directory: string): string[] {
  const names = reading(directory, () => {
    try {
      return readdirSync(directory);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw thrown;
    }
  });
  const own = names.filter((name) => name.endsWith('.toml') && !name.startsWith('.'));
  return own.toSorted().map((name) => join(directory, name));
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw unreadable(path, thrown as Error);
  }
}

function unreadable(path: string, thrown: Error): GantryError {
  return bundleError('bundle-unreadable', `${path} could not be read: ${thrown.message}.`, {
    next: [`ls -ld ${quote(path)}`],
    cause: thrown,
  });
}
