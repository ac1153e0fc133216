import { hostOf } from '#engines/worker/labels.ts';
import type { Gpu } from '#engines/worker/room/vram.ts';
import type { WorkerRow } from '#engines/worker/row.ts';

/** Where a worker is, in the words of the specification, and in those of its successor. */
const WORDS: Record<WorkerRow['state'], { status: string; state: string }> = {
  waiting: { status: 'starting', state: 'Loading' },
  starting: { status: 'starting', state: 'Loading' },
  running: { status: 'ready', state: 'Idle' },
  unhealthy: { status: 'failed', state: 'Failed' },
  stopping: { status: 'draining', state: 'Draining' },
  backoff: { status: 'starting', state: 'Loading' },
  'crash-loop': { status: 'failed', state: 'Failed' },
  stopped: { status: 'stopped', state: 'Stopped' },
  exited: { status: 'stopped', state: 'Stopped' },
  failed: { status: 'failed', state: 'Failed' },
};

/** A worker of `GET /status`. */
export function workerShape(worker: WorkerRow) {
  const { id, model, gpu, backend, pid, state, startedAt } = worker;
  return {
    ...{ id, model, gpu, vram_used: null, uri: urlOf(worker), status: WORDS[state].status },
    ...{ started_at: momentOf(startedAt), backend, pid },
  };
}

/** A worker of `GET /v1/workers/list`. */
export function hiveShape(worker: WorkerRow) {
  const { id, model, backend, gpu, state, readyAt, restarts, pid } = worker;
  return {
    ...{ id, url: urlOf(worker), model_ref: model ?? '', backend, device: gpu, state: WORDS[state].state },
    ...{ last_activity: momentOf(readyAt), slots_total: 1, slots_available: state === 'running' ? 1 : 0 },
    ...{ pid, restart_count: restarts },
  };
}

export function gpuShape({ index, free, total }: Gpu, workers: readonly WorkerRow[]) {
  return {
    id: index,
    ...{ total_vram: total, allocated_vram: total - free, available_vram: free },
    workers: workers.filter(({ gpu, pid }) => gpu === index && pid !== null).map(({ id }) => id),
  };
}

export function urlOf({ bind, port }: WorkerRow): string {
  return `http://${hostOf(bind ?? undefined)}:${port}`;
}

function momentOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
