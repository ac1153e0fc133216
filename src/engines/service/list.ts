import type { Context } from '#engines/core/context.ts';
import { type CpuShare, rowsOf } from '#engines/process/rows.ts';
import type { Process } from '#engines/process/types.ts';
import { type Kept, servicesNamed } from './named.ts';
import type { ServiceRow, ServiceState } from './row.ts';

export async function readList(
  { names }: { names: string[] },
  context: Context,
): Promise<{ services: ServiceRow[] }> {
  return { services: serviceRows(servicesNamed(context, names)) };
}

export function serviceRows(services: readonly Kept[], share?: CpuShare): ServiceRow[] {
  const processes = new Map(
    rowsOf(
      services.flatMap(({ replicas }) => replicas),
      share,
    ).map((row) => [row.id, row]),
  );
  return services.map(({ definition, replicas }) =>
    rowOf(
      definition,
      replicas.map(({ spec }) => processes.get(spec.name) as Process),
    ),
  );
}

function rowOf(definition: Kept['definition'], processes: Process[]): ServiceRow {
  const { name, artifact, version, environment, port, replicas, argv } = definition;
  const ready = processes.filter(({ phase }) => phase === 'running').length;
  const state = stateOf(processes, replicas);
  return {
    id: name,
    state,
    why: processes.find(({ phase, why }) => phase !== 'running' && why !== null)?.why ?? null,
    ...{ ready, replicas, artifact, version, environment, port },
    about: artifact ?? argv.at(-1) ?? null,
    restarts: processes.reduce((sum, one) => sum + one.restarts, 0),
    cpu: summed(processes.map(({ cpu }) => cpu)),
    memory: summed(processes.map(({ memory }) => memory)),
    since: latest(processes.map(({ startedAt, readyAt, endedAt }) => endedAt ?? readyAt ?? startedAt)),
    processes,
  };
}

/** The worst of what they are; some of several is degraded. */
function stateOf(processes: readonly Process[], wanted: number): ServiceState {
  const has = (...phases: Process['phase'][]) => processes.some(({ phase }) => phases.includes(phase));
  const ready = processes.filter(({ phase }) => phase === 'running').length;
  if (ready >= wanted && ready > 0) return 'running';
  if (ready > 0 && has('failed', 'crash-loop', 'unhealthy', 'backoff', 'stopped', 'exited'))
    return 'degraded';
  if (has('crash-loop')) return 'crash-loop';
  if (has('failed')) return 'failed';
  if (has('unhealthy')) return 'unhealthy';
  if (has('starting', 'waiting', 'backoff')) return 'starting';
  if (has('stopping')) return 'stopping';
  return has('exited') ? 'exited' : 'stopped';
}

function summed(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.round(known.reduce((sum, value) => sum + value, 0) * 10) / 10;
}

function latest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.max(...known);
}
