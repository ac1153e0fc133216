import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { World } from './home.ts';

export type PoolGeneration = 'v1' | 'status' | 'v2';

type Body = Record<string, unknown>;

interface Kept {
  id: string;
  model: string;
  backend: string;
  gpu: number;
  /** Lists that have shown it: from the second on it is ready. */
  shown: number;
}

/** A pool manager of llama-orch's, in the manner of one of its generations; it keeps workers in name only. */
export type FakePool = {
  port: number;
  ids(): string[];
  close(): void;
  /** Requests so far, as `POST /workers/spawn {…}`, with the token that they brought behind them. */
  asked: string[];
};

interface Options {
  /** What it wants of everybody but those who ask for its health. */
  token?: string;
  /** Paths that it does not have. */
  without?: readonly string[];
  /** Where it says that its workers listen. */
  uri?: string;
}

/** Opens it on a port that the world's Gantry takes for that of pool managers. */
export const openPool = async (
  world: World,
  generation: PoolGeneration,
  { token, without = [], uri = 'http://localhost:8081' }: Options = {},
): Promise<FakePool> => {
  const workers = new Map<string, Kept>();
  const asked: string[] = [];
  const routes = ROUTES[generation];
  const { port, close } = await listening(world, async (request, response) => {
    const body = await bodyOf(request);
    const line = `${request.method} ${request.url}`;
    const bearer = request.headers.authorization ?? '';
    asked.push([line, ...(request.method === 'POST' ? [JSON.stringify(body)] : []), bearer].join(' ').trim());
    const route = without.includes(request.url ?? '') ? undefined : routes[line];
    if (!route) return answer(response, 404, { error: 'not found' });
    const isPublic = (request.url ?? '').endsWith('/health');
    if (token !== undefined && !isPublic && bearer !== `Bearer ${token}`) {
      return answer(response, 401, { error: 'unauthorized' });
    }
    const said = route(body, { workers, uri });
    return answer(response, 'refused' in said ? said.refused : 200, said);
  });
  return { port, close, ids: () => [...workers.keys()], asked };
};

/** Anything that listens where pool managers do. */
export const listenAsPool = async (world: World, listener: RequestListener): Promise<number> =>
  (await listening(world, listener)).port;

const listening = async (world: World, listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  world.defer(close);
  const { port } = server.address() as { port: number };
  world.env.GANTRY_POOL_PORT = String(port);
  return { port, close };
};

export const answer = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Said with a status of its own. */
interface Refusal {
  refused: number;
  error: string;
}

interface House {
  workers: Map<string, Kept>;
  uri: string;
}

type Route = (body: Body, house: House) => object | Refusal;

const keep = (workers: Map<string, Kept>, given: Omit<Kept, 'shown' | 'id'> & { id?: unknown }): string => {
  const id = typeof given.id === 'string' ? given.id : `worker-${workers.size + 1}`;
  workers.set(id, { ...given, id, shown: 0 });
  return id;
};

const drop: Route = ({ worker_id }, { workers }) =>
  workers.delete(String(worker_id)) ? {} : { refused: 404, error: 'no such worker' };

/** A model of that name needs more than there is. */
const isTooLarge = (model: unknown) => String(model).includes('large');
const FULL: Refusal = { refused: 507, error: 'insufficient memory' };

const listed = (workers: Map<string, Kept>) =>
  [...workers.values()].map((one) => ({ ...one, shown: ++one.shown }));

const state: Route = (_, { workers, uri }) => ({
  node_id: 'here',
  gpus: [],
  workers: listed(workers).map(({ id, model, gpu, shown }) => ({
    ...{ id, model, gpu, vram_used: 1, uri, started_at: '2026-01-02T03:04:05Z' },
    status: shown > 1 ? 'ready' : 'starting',
  })),
});

const health: Route = () => ({ status: 'ok', version: '0.1.0' });

const ROUTES: Record<PoolGeneration, Record<string, Route>> = {
  v1: {
    'GET /v1/health': () => ({ status: 'alive', version: '0.1.0', api_version: 'v1' }),
    'GET /v1/workers/list': (_, { workers, uri }) => ({
      workers: listed(workers).map(({ id, model, backend, gpu, shown }) => ({
        ...{ id, url: uri, model_ref: model, backend, device: gpu, pid: 4_711 },
        ...{ last_activity: null, slots_total: 1, slots_available: 1, restart_count: 2 },
        state: shown > 1 ? 'Idle' : 'Loading',
      })),
    }),
    'POST /v1/workers/spawn': ({ model_ref, backend, device }, { workers, uri }) => {
      if (isTooLarge(model_ref)) return FULL;
      const id = keep(workers, { model: String(model_ref), backend: String(backend), gpu: Number(device) });
      return { worker_id: id, url: uri, state: 'loading' };
    },
    'POST /v1/workers/stop': drop,
  },
  status: {
    'GET /health': health,
    'GET /status': state,
    'POST /workers/spawn': ({ worker_id, model_ref, gpu_id }, { workers }) => {
      if (isTooLarge(model_ref)) return FULL;
      keep(workers, { id: worker_id, model: String(model_ref), backend: 'metal', gpu: Number(gpu_id) });
      return { accepted: true };
    },
    'POST /workers/stop': drop,
  },
  v2: {
    'GET /health': health,
    'GET /v2/state': state,
    'POST /v2/workers/start': ({ model, gpu_id }, { workers }) => {
      if (isTooLarge(model)) return FULL;
      return { id: keep(workers, { model: String(model), backend: 'cuda', gpu: Number(gpu_id) }) };
    },
    'POST /v2/workers/stop': drop,
  },
};

const bodyOf = async (request: IncomingMessage): Promise<Body> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? {} : (JSON.parse(text) as Body);
};
