import type { Context } from '#engines/core/context.ts';
import type { Settled, Step } from '#engines/core/plan.ts';
import type { Entry } from '../catalog/entry.ts';
import { readCatalog } from '../catalog/read.ts';
import { requireModel } from '../local.ts';
import { modelsConvert } from '../operations.ts';
import { placeOf } from '../place.ts';
import { conditionOf } from '../state.ts';
import { conversionSteps } from './plan.ts';

/** A model whose file was made already needs nothing that it is made of. */
export function convertedAlready(name: string, context: Context): Settled[] {
  const entry = convertible(name, context);
  if (!entry || conditionOf(requireModel(name, context), context).state !== 'downloaded') return [];
  const target = { kind: 'file', name, path: placeOf(entry, context).path } as const;
  return [{ target, reason: 'is converted already' }];
}

/** The conversions of those models that need one, once all that they are made of is there. */
export async function conversionsAfter(
  downloads: readonly Step[],
  names: readonly string[],
  context: Context,
): Promise<Step[]> {
  const entries = names.flatMap((name) => convertible(name, context) ?? []);
  const steps = await Promise.all(
    entries.map((entry) => conversionSteps(entry, { keepInputs: false }, context)),
  );
  const ids = downloads.map(({ id }) => id);
  return steps.flat().map((step) => {
    const isConversion = 'op' in step && step.op === modelsConvert.id;
    return isConversion && ids.length > 0 ? { ...step, after: [...(step.after ?? []), ...ids] } : step;
  });
}

function convertible(name: string, context: Context): Entry | undefined {
  return readCatalog(context).find(({ id, requiresConversion }) => id === name && requiresConversion);
}
