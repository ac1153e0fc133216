import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { isNamed } from '#engines/process/named.ts';
import { type ProcessRecord, readProcesses } from '#engines/process/records.ts';
import { store } from '#engines/store/store.ts';
import type { Definition } from './definition.ts';
import { serviceError } from './errors.ts';
import { readServices } from './records.ts';
import { replicaIndex } from './replicas.ts';

/** A service with its replicas, in the order of their index. */
export interface Kept {
  definition: Definition;
  replicas: ProcessRecord[];
}

/** Every service on record. */
export function keptServices(context: Context): Kept[] {
  const opened = context.use(store);
  const processes = readProcesses(opened).filter(({ spec }) => spec.kind === 'service');
  return readServices(opened).map((definition) => ({
    definition,
    replicas: processes
      .filter(({ spec }) => spec.owner === definition.name)
      .toSorted((a, b) => indexOf(a) - indexOf(b)),
  }));
}

/**
 * Services by their names, one replica of one by its own name or its pid; all of them for no names.
 * Throws `service-unknown`.
 */
export function servicesNamed(context: Context, names: readonly string[]): Kept[] {
  const kept = keptServices(context);
  if (names.length === 0) return kept;
  return names.map((name) => {
    const service = kept.find(({ definition }) => definition.name === name);
    if (service) return service;
    const part = kept.find(({ replicas }) => replicas.some((replica) => isNamed(replica, name)));
    if (part) return { ...part, replicas: part.replicas.filter((replica) => isNamed(replica, name)) };
    throw unknownService(name, kept);
  });
}

function unknownService(name: string, kept: readonly Kept[]): GantryError {
  const names = kept.map(({ definition }) => definition.name);
  const meant = nearest(name, names);
  return serviceError(
    'service-unknown',
    `There is no service ${name}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: [...(meant ? [`gantry service status ${quote(meant)}`] : []), 'gantry service list'],
    },
  );
}

function indexOf({ spec }: ProcessRecord): number {
  return replicaIndex(spec.name) ?? 0;
}
