import type { Context } from '#engines/core/context.ts';
import { modelsOf } from './local.ts';
import { modelRows } from './rows.ts';
import type { ModelRow } from './types.ts';

/** All of them, as they are watched. */
export async function readStatus(_: object, context: Context): Promise<{ models: ModelRow[] }> {
  return { models: modelRows(modelsOf(context), context) };
}
