import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { holderOf, NOBODY } from './holder.ts';
import { type KeptLease, leaseAt } from './read.ts';

/** The answer where nobody claims a place. */
export const NO_CLAIM = 'none';

type Claim = Pick<KeptLease, 'holder' | 'seconds' | 'note'>;

export async function readHolderFact(
  { path }: { path: string },
  _: Target,
  context: Context,
): Promise<string> {
  const holder = liveAt(context, path)?.holder ?? NOBODY;
  return holder === holderOf(context) ? 'you' : holder;
}

export async function readClaimFact(
  { path }: { path: string },
  _: Target,
  context: Context,
): Promise<string> {
  const lease = liveAt(context, path);
  return lease ? claimText(lease) : NO_CLAIM;
}

export function claimText({ holder, seconds, note }: Claim): string {
  return `${holder} for ${seconds} s${note === null ? '' : `: ${note}`}`;
}

export function liveAt(context: Context, path: string): KeptLease | undefined {
  const lease = leaseAt(context.use(store), path, context.now());
  return lease?.live ? lease : undefined;
}
