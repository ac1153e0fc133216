import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { type Call, callsOf, type Draft, type Step, targetKey } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { leaseError } from './errors.ts';
import { holderOf } from './holder.ts';
import { placeWords } from './place.ts';
import { type KeptLease, leasesOn, liveLeases } from './read.ts';

/** Whether a call is one that another's lease stands against. */
export function isGuarded({ effect, overwrites = false }: Call): boolean {
  return effect === 'destructive' || overwrites;
}

/** The live lease of somebody else that covers a target; a planner that refuses all or nothing asks it beforehand. */
export function othersLease(
  leases: ReadonlyMap<string, KeptLease>,
  target: Step['target'],
  context: Context,
): KeptLease | undefined {
  // What the store keeps, a lease itself among it, is nobody's place of work.
  if (target.kind === 'store') return undefined;
  return leasesOn(leases, target).find(({ holder }) => holder !== holderOf(context));
}

/** The draft without what would destroy under another's lease, the rest of its target, and what waits for either. */
export function withoutLeased(draft: Draft, context: Context): Draft {
  const leases = liveLeases(context);
  if (leases.size === 0) return draft;
  const refused = refusals(draft.steps, leases, context);
  if (refused.size === 0) return draft;
  const { reached, settled } = partition(draft.steps, new Set(refused.keys()));
  return {
    ...draft,
    steps: reached,
    refused: [...(draft.refused ?? []), ...refused.values()],
    settled: [...(draft.settled ?? []), ...settled],
  };
}

/** What is said of a lease that stands in the way; `ends` where nobody approves by a hash what is said. */
export function heldByAnother(lease: KeptLease, { ends = false }: { ends?: boolean } = {}): GantryError {
  const { id, repo, set, holder, note, expiresAt } = lease;
  const until = ends ? ` until ${timeOf(expiresAt)}` : '';
  const what = `${placeWords(repo, set)} is leased by ${holder}${until}`;
  const names = set === null ? quote(repo) : `${quote(set)} --repo ${quote(repo)}`;
  return leaseError('leased', note === null ? `${what}.` : `${what}: ${note}.`, {
    next: ['gantry lease list', `gantry lease release ${names} --force`],
    details: { path: id, holder },
  });
}

/** `2026-01-02 03:04:05 UTC` */
function timeOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function refusals(steps: readonly Step[], leases: ReadonlyMap<string, KeptLease>, context: Context) {
  const refused = new Map<string, NonNullable<Draft['refused']>[number]>();
  for (const step of steps.filter((one) => callsOf(one).some(isGuarded))) {
    const lease = refused.has(targetKey(step.target)) ? undefined : othersLease(leases, step.target, context);
    if (!lease) continue;
    const { failure } = heldByAnother(lease);
    refused.set(targetKey(step.target), { target: step.target, failure });
  }
  return refused;
}

/** A step stands before those that wait for it, so one look from the beginning finds all that is not reached. */
function partition(steps: readonly Step[], refused: ReadonlySet<string>) {
  const dropped = new Map<string, string>();
  const settled = new Map<string, NonNullable<Draft['settled']>[number]>();
  for (const { id, target, after = [] } of steps) {
    const key = targetKey(target);
    const behind = after.flatMap((one) => dropped.get(one) ?? [])[0];
    if (refused.has(key) || settled.has(key)) dropped.set(id, target.name);
    if (behind === undefined || dropped.has(id)) continue;
    dropped.set(id, target.name);
    settled.set(key, { target, reason: `not reached: ${behind} is left alone` });
  }
  return { reached: steps.filter(({ id }) => !dropped.has(id)), settled: settled.values() };
}
