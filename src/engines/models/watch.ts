import type { Context } from '#engines/core/context.ts';
import { openRowChanges, type RowDelta } from '#engines/core/rows.ts';
import { processMoments } from '#engines/process/moments.ts';
import { modelsOf } from './local.ts';
import { modelRows } from './rows.ts';
import type { ModelRow } from './types.ts';

/** The models as rows, kept up to date: files come and go without anybody telling. */
export async function* watchModels(_: object, context: Context): AsyncGenerator<RowDelta<ModelRow>> {
  const changed = openRowChanges<ModelRow>();
  for await (const _ of processMoments(context)) {
    const delta = changed(modelRows(modelsOf(context), context));
    if (delta) yield delta;
  }
}
