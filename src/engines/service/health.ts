import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { type Judged, judgeNow, verdictOn } from '#engines/process/joined/judge.ts';
import { servicesNamed } from './named.ts';

/** Asks every replica now. */
export async function readHealth(
  { names }: { names: string[] },
  context: Context,
): Promise<{ health: Judged[] }> {
  const replicas = servicesNamed(context, names).flatMap(({ replicas }) => replicas);
  return { health: await judgeNow(replicas, context) };
}

export function verdictOf({ health }: { health: Judged[] }): Failure | undefined {
  return verdictOn(health);
}
