import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep } from '#engines/core/plan.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { leaseHolder } from './facts.ts';
import { heldByAnother } from './guard.ts';
import { holderOf } from './holder.ts';
import { ownLeases } from './list.ts';
import { leaseTarget, type Named, placesNamed } from './named.ts';
import { leaseRelease, leaseRevoke } from './operations.ts';
import type { KeptLease } from './read.ts';

interface Input extends Named {
  force: boolean;
}

/** Goes by the leases there are: the worktree of one may be gone. */
export async function planRelease(input: Input, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const found = ownLeases(workspace, context).filter(
    (lease) => lease.live && isNamed(lease, input, workspace),
  );
  if (found.length === 0) {
    const { places, refused } = await placesNamed(workspace, input);
    const settled = places.map((place) => ({ target: leaseTarget(place), reason: 'nobody holds it' }));
    return { steps: [], settled, refused };
  }
  const held = found.filter((lease) => !input.force && lease.holder !== holderOf(context));
  return {
    steps: found.filter((lease) => !held.includes(lease)).map((lease) => releaseStep(lease, context)),
    refused: held.map((lease) => ({
      target: targetOf(lease),
      failure: heldByAnother(lease, { ends: true }).failure,
    })),
  };
}

function isNamed({ id, repo, set }: KeptLease, named: Named, { repos }: Workspace): boolean {
  if (named.repo !== undefined) return set === named.name && repo === named.repo;
  const known = repos.find(({ name }) => name === named.name);
  // Another workspace that lists the repo may know it by another name.
  if (set === null) return repo === named.name || (known !== undefined && id === realPlace(known.path));
  return set === named.name && !known;
}

function releaseStep(lease: KeptLease, context: Context): OperationStep {
  return lease.holder === holderOf(context) ? ending(lease, leaseRelease, 'you') : revokeStep(lease);
}

/** Ends the lease of somebody else. */
export function revokeStep(lease: KeptLease): OperationStep {
  return ending(lease, leaseRevoke, lease.holder);
}

function ending(lease: KeptLease, operation: typeof leaseRelease, expected: string): OperationStep {
  const { id: path, workspace, repo, set, holder, note, seconds } = lease;
  return {
    id: `${repo}/1`,
    target: targetOf(lease),
    expects: [expect(leaseHolder, { path }, expected)],
    ...call(operation, { path, workspace, repo, set, holder, note, seconds }),
  };
}

function targetOf({ id, repo }: KeptLease) {
  return leaseTarget({ repo, path: id });
}
