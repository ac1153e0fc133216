import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { store } from '#engines/store/store.ts';
import { askAll } from '../ask-now.ts';
import { requireProcess } from '../named.ts';
import { type ProcessRecord, readProcesses } from '../records.ts';
import { join } from './join.ts';
import { verdictOn } from './judge.ts';
import { type JoinedHealth, STANDINGS } from './row.ts';

interface Joined {
  health: JoinedHealth[];
}

/** Every process, asked now, with all that has to do with how it is; what is red comes first. */
export async function readJoined({ names }: { names: string[] }, context: Context): Promise<Joined> {
  const records = recordsOf(names, context);
  const health = await join(await askAll(records, context));
  return { health: health.toSorted(byStanding) };
}

export function verdictOf({ health }: Joined): Failure | undefined {
  return verdictOn(health.map(({ id, standing, next }) => ({ process: id, standing, next })));
}

/** By name or pid, and all replicas of a service by its name. Throws `process-unknown`. */
function recordsOf(names: readonly string[], context: Context): ProcessRecord[] {
  const all = readProcesses(context.use(store));
  if (names.length === 0) return all;
  const found = names.flatMap((name) => {
    const parts = all.filter(({ spec }) => spec.owner === name);
    return parts.length > 0 ? parts : [requireProcess(context, name)];
  });
  return [...new Map(found.map((record) => [record.spec.name, record])).values()];
}

function byStanding(one: JoinedHealth, other: JoinedHealth): number {
  const apart = STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing);
  return apart || (one.id < other.id ? -1 : 1);
}
