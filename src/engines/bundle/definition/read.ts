import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { flawText, readToml } from '#engines/workspace/toml.ts';
import { bundleError } from '../errors.ts';
import type { Bundle } from './bundle.ts';
import { bundlesIn } from './format.ts';
import { SHIPPED } from './shipped.ts';

type World = Pick<Context, 'workspace' | 'paths'>;

/** Every bundle by its id: of two that have the same, the workspace's goes before the user's, and that before the shipped one. */
export async function readBundles({ workspace, paths }: World): Promise<Bundle[]> {
  const own = [
    ...(await bundlesBelow(join(paths.config, 'bundles'), 'user')),
    ...(workspace === undefined ? [] : await bundlesBelow(join(workspace, 'config', 'bundles'), 'workspace')),
  ];
  return [...new Map([...SHIPPED, ...own].map((bundle) => [bundle.id, bundle])).values()];
}

/** Those of that ids, each once; all of them for none. Throws `bundle-unknown`. */
export async function bundlesNamed(ids: readonly string[], context: World): Promise<Bundle[]> {
  const all = await readBundles(context);
  return ids.length === 0 ? all : [...new Set(ids)].map((id) => named(id, all));
}

/** Throws `bundle-unknown`. */
export async function requireBundle(id: string, context: World): Promise<Bundle> {
  return named(id, await readBundles(context));
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

async function bundlesBelow(directory: string, source: Bundle['source']): Promise<Bundle[]> {
  const all = filesIn(directory).map((file) => bundlesOf(file, source));
  return (await Promise.all(all)).flat();
}

async function bundlesOf(file: string, source: Bundle['source']): Promise<Bundle[]> {
  const text = reading(file, () => readFileSync(file, 'utf8'));
  const read = bundlesIn(text, source, await readerFor(file));
  if ('bundles' in read) return read.bundles;
  const { line, column, key } = read.flaw;
  throw bundleError('bundle-invalid', flawText(file, read.flaw), {
    next: [`$EDITOR +${line} ${quote(file)}`],
    details: { file, line, column, ...(key && { key }) },
  });
}

/** What reads YAML is loaded where there is some. */
async function readerFor(file: string): Promise<typeof readToml> {
  return file.endsWith('.toml') ? readToml : (await import('#engines/workspace/yaml.ts')).readYaml;
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
  const own = names.filter((name) => /^[^.].*\.(toml|ya?ml)$/.test(name));
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
