import type { Context } from '#engines/core/context.ts';
import { askNow, type HealthRow } from '#engines/process/ask-now.ts';
import { servicesNamed } from './named.ts';

/** Asks every replica now. */
export async function readHealth(
  { names }: { names: string[] },
  context: Context,
): Promise<{ health: HealthRow[] }> {
  const replicas = servicesNamed(context, names).flatMap(({ replicas }) => replicas);
  return { health: await askNow(replicas, context) };
}
