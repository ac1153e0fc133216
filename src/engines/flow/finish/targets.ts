import type { FlowKind } from '#engines/git/flow-config.ts';
import { TRAITS } from '../kinds.ts';
import type { FlowState } from '../state.ts';

/**
 * The branches that a flow branch is merged into, in order. One that was started from another branch than the usual one
 * goes back to that one alone.
 */
export function targetsOf(
  { model }: FlowState,
  { kind, branch, verb, nodevelopmerge = false }: Finished,
): string[] {
  if (verb === 'branch') return [model.main];
  const { from, into } = TRAITS[kind];
  const base = model.bases.get(branch) ?? model[from];
  if (base !== model[from]) return [base];
  return (nodevelopmerge ? into.slice(0, 1) : into).map((one) => model[one]);
}

interface Finished {
  kind: FlowKind;
  branch: string;
  /** Another branch than a release is released to main alone. */
  verb?: 'finish' | 'branch';
  nodevelopmerge?: boolean;
}
