import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { isRecord } from '#engines/core/json.ts';
import { parseToml } from '#engines/workspace/manifest.ts';

/** What a catalog says of where a model is. */
export interface Entry {
  id: string;
  file: string;
}

/** The models that `catalog.toml` of the workspace lists; none where it is not there or makes no sense. */
export function readCatalog({ workspace }: Pick<Context, 'workspace'>): Entry[] {
  if (workspace === undefined) return [];
  try {
    const { models } = parseToml(readFileSync(join(workspace, 'catalog.toml'), 'utf8'));
    return Array.isArray(models) ? models.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(model: unknown): model is Entry {
  return isRecord(model) && typeof model.id === 'string' && /^[^/\0]+$/.test(String(model.file ?? ''));
}
