import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { holderOf } from './holder.ts';
import { placesOf } from './place.ts';
import { liveLeases } from './read.ts';

/** A holder is heard of by what it does: its live leases on these targets last as long again from now on. */
export function renewLeases(targets: readonly Target[], context: Context): void {
  const leases = liveLeases(context);
  if (leases.size === 0) return;
  const holder = holderOf(context);
  const places = new Set(targets.flatMap(placesOf));
  for (const lease of leases.values()) {
    if (lease.holder !== holder || !places.has(lease.id)) continue;
    context
      .use(store)
      .database.prepare('UPDATE leases SET beat_at = ? WHERE path = ? AND holder = ?')
      .run(context.now(), lease.id, holder);
  }
}
