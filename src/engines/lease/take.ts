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
import { liveAt } from './state.ts';

interface Input extends Named {
  /** Seconds. */
  for: number;
  note?: string;
  as?: string;
}

/** Of a set all or nothing: half a claim helps nobody. */
export async function planTake(input: Input, context: Context): Promise<Draft> {
  if (input.as !== undefined && context.actor.kind !== 'script') throw unnamed(context);
  const { places, refused } = await placesNamed(await readWorkspace(context), input);
  const held = places.flatMap((place) => {
    const lease = liveAt(context, place.path);
    if (!lease || lease.holder === holderOf(context, input.as)) return [];
    return [{ target: leaseTarget(place), failure: heldByAnother(lease, { ends: true }).failure }];
  });
  if (held.length > 0) return { steps: [], refused: [...refused, ...held] };
  return { steps: places.map((place) => takeStep(place, input, context)), refused };
}

function takeStep(place: Place, { for: seconds, note, as }: Input, context: Context): OperationStep {
  const before = liveAt(context, place.path);
  return {
    id: `${place.repo}/1`,
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
