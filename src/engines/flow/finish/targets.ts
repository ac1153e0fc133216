import type { FlowKind } from '#engines/git/flow-config.ts';
import { TRAITS } from '../kinds.ts';
import type { FlowState } from '../state.ts';

/**
 * The branches that a flow branch is merged into, in order. One that was started from another branch than the usual one
 * goes back to that one alone.
 */
export function targetsOf(
  { model }: FlowState,
  { kind, branch }: { kind: FlowKind; branch: string },
): string[] {
  const { from, into } = TRAITS[kind];
  const base = model.bases.get(branch) ?? model[from];
  return base === model[from] ? into.map((one) => model[one]) : [base];
}
