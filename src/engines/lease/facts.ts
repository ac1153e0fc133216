import { fact } from '#engines/core/fact.ts';

/** `nobody`, `you` who ask, or who else has the live lease on exactly this place: `claude (agent)`. */
export const leaseHolder = fact<{ path: string }>({
  id: 'lease.holder',
  label: () => 'the holder of its lease',
  read: async () => (await import('./state.ts')).readHolderFact,
});

/** `none`, or the live lease on exactly this place without its times: `ada (human) for 1800 s: rebasing`. */
export const leaseClaim = fact<{ path: string }>({
  id: 'lease.claim',
  label: () => 'its lease',
  read: async () => (await import('./state.ts')).readClaimFact,
});
