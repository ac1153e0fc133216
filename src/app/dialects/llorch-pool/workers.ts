import type { Property } from '#app/registry/card.ts';
import { styleFor } from '#app/surface/style.ts';
import { table } from '#app/surface/text/table.ts';
import { coarse } from '#app/surface/text/values.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { WorkerRow } from '#engines/worker/row.ts';
import type { Acting, Command, Dialect, Told } from '../dialect.ts';
import { logsCommand } from '../logs.ts';
import { dataOf, ifDone, receiptIn } from '../told.ts';
import { placedAtModels } from './model-place.ts';

const WORKER: Record<'worker-id', Property> = {
  'worker-id': { type: 'string', positional: true, completes: 'worker', description: 'Name of the worker' },
};

const spawn: Acting = {
  id: 'worker.spawn',
  summary: 'Start a worker and keep it running',
  takes: {
    backend: {
      type: 'string',
      positional: true,
      enum: ['cpu', 'cuda', 'metal'],
      description: 'What it computes with',
    },
    model: { type: 'string', description: 'Model that it serves: its id, or a path' },
    gpu: { type: 'integer', default: 0, minimum: 0, maximum: 255, description: 'Index of its GPU' },
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      description: 'Port; the next free one unless told',
    },
    wait: { type: 'boolean', description: 'End when it is ready, and not when it is accepted' },
  },
  optional: ['model', 'gpu', 'port'],
  placed: placedAtModels,
  calls: ({ backend, model, gpu, port, wait }) => [
    { action: 'worker.spawn', input: { backend, model, gpu, port, wait } },
    { action: 'worker.list', input: {} },
  ],
  lines: (told) => {
    const worker = spawnedIn(told);
    return worker ? [spawnedLine(worker)] : [];
  },
  json: (told) => {
    const worker = spawnedIn(told);
    return worker && viewOf(worker);
  },
};

const list: Acting = {
  id: 'worker.list',
  summary: 'List the workers that run',
  calls: () => [{ action: 'worker.list', input: {} }],
  placed: placedAtModels,
  lines: (told) => {
    const workers = livingIn(told);
    if (workers.length === 0) return ['No workers running'];
    const rows = workers.map((worker) => ({ ...worker, uptime: uptimeOf(worker) }));
    return table(COLUMNS, rows, styleFor(false), Date.now());
  },
  json: (told) => ({ workers: livingIn(told).map(viewOf) }),
};

const stop: Acting = {
  id: 'worker.stop',
  summary: 'Stop a worker, and wait until it has ended',
  takes: WORKER,
  placed: placedAtModels,
  calls: (given) => [{ action: 'worker.stop', input: { names: [given['worker-id']] } }],
  lines: (told) =>
    ifDone(
      told,
      stoppedIn(told).map(({ id, said }) => `${id}: ${said}`),
    ) ?? [],
  json: (told) =>
    ifDone(told, { workers: stoppedIn(told).map(({ id, said }) => ({ worker_id: id, message: said })) }),
};

const logs = logsCommand({
  id: 'worker.logs',
  summary: 'Show what a worker has written',
  action: 'worker.logs',
  of: WORKER,
});

export const workers: readonly Command[] = [spawn, list, stop, logs];

/** With the next command in the words of this program, where it has it. */
export const FAILURES: Dialect['failures'] = Object.fromEntries(
  [
    ...['worker-unknown', 'worker-pooled', 'model-missing', 'model-ambiguous', 'port-taken'],
    ...['model-unknown', 'model-absent', 'model-broken', 'model-in-use', 'conversion-inputs'],
  ].map((code) => [code, inOwnWords]),
);

const COLUMNS = [
  { key: 'id', head: 'WORKER ID' },
  { key: 'backend', head: 'BACKEND' },
  { key: 'model', head: 'MODEL' },
  { key: 'gpu', head: 'GPU' },
  { key: 'port', head: 'PORT' },
  { key: 'pid', head: 'PID' },
  { key: 'uptime', head: 'UPTIME' },
  { key: 'memory', head: 'MEMORY', unit: 'bytes' },
  { key: 'state', head: 'STATUS' },
  { key: 'pool', head: 'POOL' },
];

/** Those that run, are to run, or would if they had not failed. */
function livingIn(told: Told): WorkerRow[] {
  return workersIn(told).filter(({ state }) => state !== 'stopped' && state !== 'exited');
}

function workersIn(told: Told): readonly WorkerRow[] {
  return dataOf<{ workers: WorkerRow[] }>(told, 'worker.list')?.workers ?? [];
}

function spawnedIn(told: Told): WorkerRow | undefined {
  const { worker } = dataOf<{ worker: string | null }>(told, 'worker.spawn') ?? {};
  return workersIn(told).find(({ id }) => id === worker);
}

/** A pool manager need not tell everything of a worker. */
function spawnedLine({ id, state, pid, port, pool }: WorkerRow): string {
  const facts = Object.entries({ pid, port, 'kept by': pool });
  const known = facts.flatMap(([name, value]) => (value == null ? [] : [`${name} ${value}`]));
  return [`${id} is ${state}`, ...known].join(', ');
}

function stoppedIn(told: Told): { id: string; said: string }[] {
  return (receiptIn(told)?.steps ?? []).map(({ target, summary }) => ({ id: target.name, said: summary }));
}

/** As its files in `.runtime/workers` have it, with what the list shows besides. */
function viewOf({ id, pid, backend, model, gpu, port, state, startedAt, memory, pool }: WorkerRow) {
  return {
    ...{ worker_id: id, pid, backend, model_id: model, gpu, port, status: state, memory_bytes: memory },
    started_at: startedAt === null ? null : new Date(startedAt).toISOString(),
    ...(pool === undefined ? {} : { pool }),
  };
}

function uptimeOf({ pid, startedAt }: WorkerRow): string | null {
  return pid === null || startedAt === null ? null : (coarse(Date.now() - startedAt) ?? '0 s');
}

/** What this program has as well. */
const OWN = /^gantry (?=(worker (spawn|list|stop|logs)|models (catalog|list|download|info|verify|delete))\b)/;

function inOwnWords({ next = [] }: Failure): Partial<Failure> {
  return {
    next: next.map((line) => line.replace(OWN, 'llorch-pool ')),
  };
}
