import type { Context } from '#engines/core/context.ts';
import { logDirectory } from '#engines/process/files.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { pidOf } from '#engines/process/signal.ts';
import type { Kept } from '../named.ts';
import { replicaIndex } from '../replicas.ts';

/** What stands in `~/.jos/services/registry.json`, for programs that read it. Times are RFC 3339. */
export function registryOf(services: readonly Kept[]): object {
  return {
    version: 1,
    services: Object.fromEntries(services.map((one) => [one.definition.name, entryOf(one)])),
  };
}

/** What stands in a service's own `config.json`. */
export function configOf({ definition, replicas }: Kept, context: Context): object {
  const { environment, port, restart, health, argv, cwd } = definition;
  const log = replicas[0]?.spec.log;
  return {
    ...{ command: argv, directory: cwd, env: environment, port, restart: restart.policy },
    health: health && { ...health, interval: 10 },
    ...(log ? { log: { max_bytes: log.size, files: log.count } } : {}),
    logs: Object.fromEntries(replicas.map(({ spec }) => [spec.name, logDirectory(context, spec.name)])),
  };
}

function entryOf({ definition, replicas }: Kept): object {
  const { artifact, sha256, environment, version } = definition;
  const runs = replicas.map(({ status }) => status);
  return {
    artifact,
    artifact_sha256: sha256,
    status: statusOf(replicas),
    replicas: replicas.map(replicaOf),
    env: environment,
    version,
    desired: replicas.some(({ desired }) => desired === 'running') ? 'running' : 'stopped',
    restarts: runs.reduce((sum, { restarts }) => sum + restarts, 0),
    exit_code: exitCodeOf(replicas.at(-1)),
    created_at: timeOf(Math.min(...replicas.map(({ createdAt }) => createdAt))),
  };
}

function replicaOf({ spec, status }: ProcessRecord): object {
  return {
    index: replicaIndex(spec.name) ?? 0,
    pid: status.identity === null ? null : pidOf(status.identity),
    start_time_ticks: status.identity === null ? null : Number(status.identity.split('@')[1]),
    started_at: timeOf(status.startedAt),
    port: spec.port,
  };
}

/** The seed's four words. */
function statusOf(replicas: readonly ProcessRecord[]): string {
  const has = (...phases: string[]) => replicas.some(({ status }) => phases.includes(status.phase));
  if (has('backoff', 'crash-loop', 'stopping', 'unhealthy')) return 'restarting';
  if (has('running', 'starting', 'waiting')) return 'running';
  return has('failed') ? 'failed' : 'stopped';
}

function exitCodeOf(replica: ProcessRecord | undefined): number | null {
  const exit = replica?.status.exit;
  return exit && 'code' in exit ? exit.code : null;
}

function timeOf(moment: number | null): string | null {
  return moment === null || !Number.isFinite(moment) ? null : new Date(moment).toISOString();
}
