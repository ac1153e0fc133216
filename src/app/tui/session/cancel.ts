import type { Caller, Host } from '#engines/core/host.ts';
import type { Keeper } from './keeper.ts';

/** A host that outlives its callers lets others join what runs. */
interface Joinable extends Host {
  attach?(activity: string, caller: Caller): Promise<unknown>;
}

/** Joins an activity that somebody else began, only to cancel it; how it ended is told by its row. */
export async function cancelActivity(host: Joinable, id: string, keeper: Keeper): Promise<void> {
  const abort = new AbortController();
  const ended = host.attach?.(id, keeper.caller({ signal: abort.signal }));
  abort.abort();
  await ended;
}
