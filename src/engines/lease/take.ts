import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep } from '#engines/core/plan.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { leaseError } from './errors.ts';
import { heldByAnother } from './guard.ts';
import { holderOf } from './holder.ts';
import { leaseTarget, type Named, type Place, placesNamed } from './named.ts';
import { leaseTake } from './operations.ts';
import type { KeptLease } from './read.ts';
import { revokeStep } from './release.ts';
import { liveAt } from './state.ts';

interface Input extends Named {
  /** Seconds. */
  for: number;
  note?: string;
  as?: string;
  /** Also from somebody else. */
  force: boolean;
}

/** Of a set all or nothing: half a claim helps nobody. */
export async function planTake(input: Input, context: Context): Promise<Draft> {
  if (input.as !== undefined && context.actor.kind !== 'script') throw unnamed(context);
  const { places, refused } = await placesNamed(await readWorkspace(context), input);
  const found = places.map((place) => ({ place, ...standing(place, input, context) }));
  const held = found.flatMap(({ place, others }) => {
    if (!others || input.force) return [];
    return [{ target: leaseTarget(place), failure: heldByAnother(others, { ends: true }).failure }];
  });
  if (held.length > 0) return { steps: [], refused: [...refused, ...held] };
  const steps = found.flatMap(({ place, own, others }) => [
    ...(others ? [revokeStep(others)] : []),
    { ...takeStep(place, own, input, context), id: `${place.repo}/${others ? 2 : 1}` },
  ]);
  return { steps, refused };
}

/** The live lease on exactly this place, by whose it is. */
function standing({ path }: Place, { as }: Input, context: Context): { own?: KeptLease; others?: KeptLease } {
  const lease = liveAt(context, path);
  return lease?.holder === holderOf(context, as) ? { own: lease } : { others: lease };
}

function takeStep(
  place: Place,
  before: KeptLease | undefined,
  { for: seconds, note, as }: Input,
  context: Context,
): Omit<OperationStep, 'id'> {
  return {
    target: leaseTarget(place),
    expects: [],
    ...call(leaseTake, {
      ...place,
      holder: as === undefined ? null : holderOf(context, as),
      note: note ?? before?.note ?? null,
      seconds,
      before: before ? { note: before.note, seconds: before.seconds } : null,
    }),
  };
}

function unnamed({ actor }: Context): GantryError {
  return leaseError('lease-name', `${actor.name} is no script (${actor.kind}).`, {
    next: ['the same command without --as'],
  });
}
