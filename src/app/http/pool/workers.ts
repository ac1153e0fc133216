import { GantryError } from '#engines/core/errors.ts';
import type { Json } from '#engines/core/json.ts';
import type { BackendRow, WorkerRow } from '#engines/worker/row.ts';
import type { Serving } from '../serving.ts';
import { modelIn, type SpawnBody } from './bodies.ts';

/** Workers by the same actions that every surface has; whoever has the token is the actor. */
export interface Workers {
  list(): Promise<WorkerRow[]>;
  spawn(body: SpawnBody): Promise<WorkerRow>;
  stop(id: string): Promise<void>;
}

const ACTOR = { kind: 'script', name: 'pool' } as const;

/** Another manager is nobody to ask: this one listens where that would. */
const ALONE = { GANTRY_POOL_USE: 'never' } as const;

/** Where nobody says with what a worker computes: the first of these whose program is there. */
const PREFERRED = process.platform === 'darwin' ? ['metal', 'cpu'] : ['cuda', 'cpu'];

export function openWorkers({ invoke }: Pick<Serving, 'invoke'>): Workers {
  let last: Promise<unknown> = Promise.resolve();

  async function call(action: string, input: object): Promise<Json | undefined> {
    const outcome = await invoke({ action, input }, ACTOR, ALONE);
    if ('failure' in outcome && outcome.failure) throw new GantryError(outcome.failure);
    if (outcome.kind === 'approval') throw new Error(`${action} waits for an approval.`);
    return 'data' in outcome ? outcome.data : undefined;
  }

  async function list(names: readonly string[] = []): Promise<WorkerRow[]> {
    const { workers } = (await call('worker.list', { names })) as unknown as { workers: WorkerRow[] };
    return workers;
  }

  async function backendHere(): Promise<string> {
    const { backends } = (await call('worker.backends', {})) as unknown as { backends: BackendRow[] };
    const isHere = (name: string) => backends.some((one) => one.name === name && one.program !== null);
    return PREFERRED.find(isHere) ?? 'cpu';
  }

  async function spawn({
    worker_id: name,
    model_ref,
    backend,
    gpu_id,
    device,
  }: SpawnBody): Promise<WorkerRow> {
    const model = modelIn(model_ref);
    const gpu = gpu_id ?? device;
    const input = { backend: backend ?? (await backendHere()), model, name, gpu };
    const { worker } = (await call('worker.spawn', input)) as { worker: string };
    const [row] = await list([worker]);
    return row as WorkerRow;
  }

  return {
    list,
    /** One after the other: of two that are planned at once both would choose the same port. */
    spawn(body) {
      const spawned = last.then(() => spawn(body));
      last = spawned.catch(() => {});
      return spawned;
    },
    async stop(id) {
      await call('worker.stop', { names: [id] });
    },
  };
}
