import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { FilePlace } from '#engines/download/hub/address.ts';
import type { Entry } from '../catalog/entry.ts';
import { findEntry } from '../catalog/read.ts';
import { modelsError } from '../errors.ts';
import { shardsOf } from '../files.ts';
import { placeOf, requireModelDirectory } from '../place.ts';

/** One file that somebody wants from a hub, and where. */
export interface Wanted extends FilePlace {
  model: string | null;
  sha256: string | null;
  /** Absolute. */
  directory: string;
  /** Its model has other files beside it. */
  isOneOfMany?: boolean;
}

/** A model of the catalog that is made from files of another kind. */
export function convertedEntry(name: string, context: Context): Entry | undefined {
  const entry = name.includes('/') ? undefined : findEntry(name, context);
  return entry?.requiresConversion ? entry : undefined;
}

/** The files of a model of the catalog, or the one that is named by its repository and path. */
export async function filesWanted(
  name: string,
  revision: string | undefined,
  context: Context,
): Promise<Wanted[]> {
  const [, repo, file] = /^([^/]+\/[^/]+)\/(.+)$/s.exec(name) ?? [];
  if (repo !== undefined && file !== undefined) {
    const directory = join(requireModelDirectory(context), repo.split('/')[1] ?? repo);
    return [{ repo, file, revision: revision ?? 'main', model: null, sha256: null, directory }];
  }
  const entry = findEntry(name, context);
  if (entry.repo === undefined) throw own(entry.id);
  const files = shardsOf(entry.file);
  return files.map((file) => ({
    repo: entry.repo as string,
    file,
    revision: revision ?? entry.revision ?? 'main',
    model: entry.id,
    // What a catalog says is said of the one revision that it means.
    sha256: revision === undefined && files.length === 1 ? (entry.sha256 ?? null) : null,
    directory: placeOf(entry, context).directory,
    isOneOfMany: files.length > 1,
  }));
}

function own(id: string) {
  return modelsError('model-local', `${id} was registered from this machine.`, {
    next: [`gantry models info ${id}`],
  });
}
