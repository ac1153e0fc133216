import type { Context } from '#engines/core/context.ts';
import { belongingsOf, rowsOfFiles } from './belongings.ts';
import { readCatalog } from './catalog/read.ts';
import { type Model, modelsNamed, modelsOf } from './local.ts';
import { requireModelDirectory } from './place.ts';
import { conditionOf } from './state.ts';
import type { EntryRow, LocalRow } from './types.ts';

export async function readEntries(_: object, context: Context): Promise<{ models: EntryRow[] }> {
  const listed = new Set(readCatalog(context).map(({ id }) => id));
  return { models: modelsNamed([...listed], context).map((model) => entryRow(model, context)) };
}

function entryRow(model: Model, context: Context): EntryRow {
  const { entry, weights } = model;
  if (entry === null) throw new Error(`${model.id} is of a catalog.`);
  const { id, name, file, sizeBytes, verified, requiresConversion, source, repo } = entry;
  return {
    ...{ id, state: conditionOf(model, context).state, name, params: entry.params ?? null, sizeBytes },
    repo: repo ?? null,
    url: repo === undefined ? null : `https://huggingface.co/${repo}`,
    ...{ file, revision: entry.revision ?? null, path: weights[0] ?? null },
    ...{ description: entry.description ?? null, verified, doubt: entry.doubt ?? null },
    ...{ sha256: entry.sha256 ?? null, requiresConversion, converter: entry.converter ?? null, source },
  };
}

export interface ModelList {
  directory: string;
  total: number;
  models: LocalRow[];
}

export async function readList(_: object, context: Context): Promise<ModelList> {
  const directory = requireModelDirectory(context);
  const models = localRows(context);
  return { directory, total: models.reduce((sum, { size }) => sum + size, 0), models };
}

/** Models of which something is here, with their files. */
export function localRows(context: Context): LocalRow[] {
  const all = modelsOf(context);
  return all.flatMap((model) => {
    const { id, entry, directory } = model;
    const { state } = conditionOf(model, context);
    if (directory === null || state === 'absent') return [];
    const { files, size } = belongingsOf(model, all);
    return [{ id, state, size, listed: entry !== null, directory, files: rowsOfFiles(files, directory) }];
  });
}
