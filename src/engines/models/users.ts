import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { readProcesses } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';

/** Which workers serve which models, by what their programs were given: a file, or the directory that it is in. */
export function openUsers({ use }: Pick<Context, 'use'>): (weights: readonly string[]) => string[] {
  const workers = readProcesses(use(store)).filter(
    ({ spec, status }) => spec.kind === 'worker' && !isAtRest(status),
  );
  return (weights) => {
    const places = new Set(weights.flatMap((file) => [file, dirname(file)]));
    return workers
      .filter(({ spec }) => [spec.labels.model ?? '', ...spec.argv].some((word) => places.has(word)))
      .map(({ spec }) => spec.name);
  };
}
