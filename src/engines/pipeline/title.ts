import type { StepArgs } from './types.ts';

/** The way to a step through the artifacts around it: `deploy > build`. */
export function titleOf({ runs, step }: Pick<StepArgs, 'runs' | 'step'>): string {
  return [...runs.flatMap(({ as }) => (as ? [as.step] : [])), step].join(' > ');
}
