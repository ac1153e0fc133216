import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { FilePlace } from '#engines/download/hub/address.ts';
import type { Asking } from '#engines/download/hub/ask.ts';
import { filesOf } from '#engines/download/hub/tree.ts';
import type { Entry } from '../catalog/entry.ts';
import { findEntry } from '../catalog/read.ts';
import { noInputs } from '../convert/inputs.ts';
import { modelsError } from '../errors.ts';
import { shardsOf } from '../files.ts';
import { INPUTS } from '../local.ts';
import { placeOf, requireModelDirectory } from '../place.ts';

/** One file that somebody wants from a hub, and where. */
export interface Wanted extends FilePlace {
  model: string | null;
  /** One of several files of its model. */
  isPart: boolean;
  sha256: string | null;
  /** Absolute. */
  directory: string;
}

/** The files of a model of the catalog, or the one that is named by its repository and path. */
export async function filesWanted(
  name: string,
  revision: string | undefined,
  { asking, context }: { asking: Asking; context: Context },
): Promise<Wanted[]> {
  const [, repo, file] = /^([^/]+\/[^/]+)\/(.+)$/s.exec(name) ?? [];
  if (repo !== undefined && file !== undefined) {
    const directory = join(requireModelDirectory(context), repo.split('/')[1] ?? repo);
    return [
      { repo, file, revision: revision ?? 'main', model: null, isPart: false, sha256: null, directory },
    ];
  }
  const entry = findEntry(name, context);
  if (entry.repo === undefined) throw own(entry.id);
  const place = { repo: entry.repo, revision: revision ?? entry.revision ?? 'main' };
  if (entry.requiresConversion) return inputsOf(entry, place, { asking, context });
  const files = shardsOf(entry.file);
  return files.map((file) => ({
    ...place,
    file,
    model: entry.id,
    isPart: files.length > 1,
    // What a catalog says is said of the one revision that it means.
    sha256: revision === undefined && files.length === 1 ? (entry.sha256 ?? null) : null,
    directory: placeOf(entry, context).directory,
  }));
}

/** What a model is converted from: its weights in one format, and what stands beside them. */
async function inputsOf(
  entry: Entry,
  place: { repo: string; revision: string },
  { asking, context }: { asking: Asking; context: Context },
): Promise<Wanted[]> {
  const files = (await filesOf(place, asking)).map(({ file }) => file).filter((file) => !file.includes('/'));
  const safe = files.filter((file) => file.endsWith('.safetensors'));
  const weights = safe.length > 0 ? safe : files.filter((file) => /\.(bin|pth?)$/.test(file));
  if (weights.length === 0) throw noInputs(entry.id, place.repo);
  const beside = files.filter((file) => /\.(json|txt|model|jinja)$/.test(file));
  const directory = join(placeOf(entry, context).directory, INPUTS);
  return [...weights, ...beside].map((file) => ({
    ...place,
    ...{ file, model: entry.id, isPart: true, sha256: null, directory },
  }));
}

function own(id: string) {
  return modelsError('model-local', `${id} was registered from this machine.`, {
    next: [`gantry models info ${id}`],
  });
}
