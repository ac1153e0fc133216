import * as z from 'zod/mini';
import type { WorkerRow } from '../row.ts';

/** Pool managers by the paths that they answer: `v1` of rbee-hive, `status` of the design before it, `v2` of the first one. */
export const GENERATIONS = ['v1', 'status', 'v2'] as const;

export type Generation = (typeof GENERATIONS)[number];

/** A worker as its manager tells of it, whichever generation that is. */
export interface Pooled
  extends Pick<
    WorkerRow,
    'id' | 'backend' | 'model' | 'gpu' | 'port' | 'pid' | 'state' | 'why' | 'startedAt' | 'restarts'
  > {
  /** Where it listens, as far as that is told. */
  uri: string | null;
}

/** A worker that a manager is to start. */
export interface Wanted {
  id: string;
  backend: string;
  gpu: number;
  /** `hf:org/model`, or `file:` and a path. */
  ref: string;
}

/** How one generation speaks. */
export interface Speech {
  list: { path: string; workers(body: unknown): Pooled[] | undefined };
  spawn: { path: string; body(wanted: Wanted): object };
  stop: { path: string };
}

const id = z.string().check(z.minLength(1), z.maxLength(200));
const whole = z.int().check(z.minimum(0));

/** What a manager answers of a worker that it was told to start; the name is its own in some generations. */
export const spawnedSchema = z.object({ worker_id: z.optional(id), id: z.optional(id) });

const hiveSchema = z.object({
  workers: z.array(
    z.object({
      id,
      url: z.string(),
      model_ref: z.string(),
      backend: z.string(),
      device: whole,
      state: z.string(),
      pid: z.nullish(whole),
      restart_count: z.nullish(whole),
    }),
  ),
});

/** The shape that the specification of `v2` has, which `status` never got one of its own for. */
const stateSchema = z.object({
  workers: z.array(
    z.object({
      id,
      model: z.string(),
      gpu: z.nullish(whole),
      uri: z.nullish(z.string()),
      status: z.string(),
      started_at: z.nullish(z.union([z.string(), z.number()])),
      backend: z.nullish(z.string()),
      pid: z.nullish(whole),
    }),
  ),
});

export const SPEECH: Record<Generation, Speech> = {
  v1: {
    list: { path: '/v1/workers/list', workers: workersOfHive },
    spawn: {
      path: '/v1/workers/spawn',
      body: ({ ref, backend, gpu }) => ({ model_ref: ref, backend, device: gpu, ...pathIn(ref) }),
    },
    stop: { path: '/v1/workers/stop' },
  },
  status: {
    list: { path: '/status', workers: workersInState },
    spawn: {
      path: '/workers/spawn',
      body: ({ id, ref, backend, gpu }) => ({ worker_id: id, model_ref: ref, gpu_id: gpu, backend }),
    },
    stop: { path: '/workers/stop' },
  },
  v2: {
    list: { path: '/v2/state', workers: workersInState },
    spawn: { path: '/v2/workers/start', body: ({ ref, gpu }) => ({ model: ref, gpu_id: gpu }) },
    stop: { path: '/v2/workers/stop' },
  },
};

const FILE = 'file:';

function pathIn(ref: string): { model_path?: string } {
  return ref.startsWith(FILE) ? { model_path: ref.slice(FILE.length) } : {};
}

function workersOfHive(body: unknown): Pooled[] | undefined {
  return hiveSchema.safeParse(body).data?.workers.map(({ id, url, model_ref, backend, device, ...rest }) => ({
    ...{ id, backend, model: model_ref, gpu: device, ...placeIn(url), pid: rest.pid ?? null },
    ...{ ...phaseOf(rest.state), startedAt: null, restarts: rest.restart_count ?? 0 },
  }));
}

function workersInState(body: unknown): Pooled[] | undefined {
  return stateSchema.safeParse(body).data?.workers.map(({ id, model, gpu, uri, status, ...rest }) => ({
    ...{ id, backend: rest.backend ?? 'unknown', model, gpu: gpu ?? 0, ...placeIn(uri ?? '') },
    ...{ pid: rest.pid ?? null, ...phaseOf(status), startedAt: momentOf(rest.started_at), restarts: 0 },
  }));
}

function placeIn(text: string): Pick<Pooled, 'uri' | 'port'> {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:') return { uri: null, port: null };
  return { uri: url.origin, port: url.port === '' ? null : Number(url.port) };
}

function momentOf(moment: string | number | null | undefined): number | null {
  const at = typeof moment === 'number' ? moment : Date.parse(moment ?? '');
  return Number.isFinite(at) ? at : null;
}

const PHASES: Record<string, Pooled['state']> = {
  loading: 'starting',
  starting: 'starting',
  ready: 'running',
  idle: 'running',
  busy: 'running',
  draining: 'stopping',
  failed: 'failed',
};

/** A word that nobody has told us of says at least that it is there. */
function phaseOf(word: string): Pick<Pooled, 'state' | 'why'> {
  const state = PHASES[word.toLowerCase()];
  return state ? { state, why: null } : { state: 'running', why: `its manager calls it ${word}` };
}
