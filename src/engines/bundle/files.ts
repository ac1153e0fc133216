import { basename } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { filesWanted, type Wanted } from '#engines/models/download/wanted.ts';
import { shardsOf, sizeOfFile } from '#engines/models/files.ts';
import { type Model, modelsOf } from '#engines/models/local.ts';
import { modelDirectory, placeOf } from '#engines/models/place.ts';
import { type Bundle, type Item, nameOf, WHISPER } from './definition/bundle.ts';

/** An item that is files of this machine. */
export type FileItem = Extract<Item, { kind: 'model' | 'hub' | 'whisper' }>;

export function isFiles(item: Item): item is FileItem {
  return item.kind === 'model' || item.kind === 'hub' || item.kind === 'whisper';
}

/** What a hub is asked for to have an item. Throws `model-unknown`, `model-local` and `models-nowhere`. */
export function wantedFor(item: FileItem, context: Context): Promise<Wanted[]> {
  if (item.kind === 'model') return filesWanted(item.id, undefined, context);
  const { repo, file, revision } = atHub(item);
  return filesWanted(`${repo}/${file}`, revision, context);
}

/** An item as the model that its files make; nothing where nobody knows which, or where models are. */
export function modelFor(item: FileItem, context: Context): Model | undefined {
  if (item.kind === 'model') return modelsOf(context).find(({ id }) => id === item.id);
  if (modelDirectory(context) === undefined) return undefined;
  const { repo, file } = atHub(item);
  const { directory, path } = placeOf({ dir: basename(repo), file }, context);
  return { id: nameOf(item), entry: null, directory, isAtHome: false, weights: shardsOf(path) };
}

/** What a worker of a bundle is told to serve: the place of a file that the bundle calls by its path, else as it says. */
export function modelOf(name: string | undefined, { items }: Bundle, context: Context): string | undefined {
  const item = items.filter(isFiles).find((one) => one.kind !== 'model' && one.file === name);
  return (item && modelFor(item, context)?.weights[0]) ?? name;
}

/** Whether all of its weights have something in them. */
export function isWhole({ weights }: Model): boolean {
  return weights.length > 0 && weights.every((file) => (sizeOfFile(file) ?? 0) > 0);
}

function atHub(item: Exclude<FileItem, { kind: 'model' }>) {
  return item.kind === 'hub' ? item : { repo: WHISPER, file: item.file, revision: undefined };
}
