import type { Context } from '#engines/core/context.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { type Store, store } from '#engines/store/store.ts';
import { hostOf, type Labels, labelsOf } from '#engines/worker/labels.ts';
import { keptWorkers } from '#engines/worker/named.ts';
import type { Endpoint } from '../types.ts';
import { readRoutes } from './records.ts';

/** Whatever answers requests: a worker, or a server at a URL. */
export interface Backend {
  /** Name of the worker, or the URL. */
  id: string;
  /** Another one for each run: what went wrong in an earlier one is over. */
  run: string;
  /** Without a slash at its end. */
  url: string;
  dialect: 'candled' | 'openai';
  /** As its program knows it; empty where it serves one and was not told its name. */
  model: string;
  /** Names that it is asked by. */
  serves: string[];
  /** Its probe, if it has one, is well. */
  isHealthy: boolean;
}

interface Worker {
  /** The model that it serves, and its own. */
  names: string[];
  phase: ProcessRecord['status']['phase'];
  /** Absent where it can not be asked now. */
  backend?: Backend;
}

/** All there is to ask, as it stands in the database at one moment. */
export interface Board {
  /** Every worker that could be asked if it ran, running or not. */
  workers: Map<string, Worker>;
  routes: Map<string, Endpoint[]>;
}

/** Read again only after a write: this is asked with every request. */
export function openBoard(context: Context): () => Board {
  const opened = context.use(store);
  const versions = versionsOf(opened);
  let version = '';
  let board: Board | undefined;
  return () => {
    const now = versions();
    if (!board || now !== version) {
      board = { workers: workersOn(context), routes: readRoutes(opened) };
      version = now;
    }
    return board;
  };
}

/** The workers that serve a model, whether or not they can be asked now. */
export function workersOf({ workers }: Board, model: string): Worker[] {
  return [...workers.values()].filter(({ names: [name] }) => name === model);
}

/** The backend of an endpoint; undefined where it can not be asked now. */
export function backendAt(board: Board, endpoint: string): Backend | undefined {
  if (!isUrl(endpoint)) return board.workers.get(endpoint)?.backend;
  const url = endpoint.replace(/\/+$/, '').replace(/\/v1$/, '');
  const fixed = { dialect: 'openai', model: '', serves: [], isHealthy: true } as const;
  return { ...fixed, serves: [], id: endpoint, run: endpoint, url };
}

export function isUrl(endpoint: string): boolean {
  return /^https?:\/\//.test(endpoint);
}

/** SQLite counts what others write, and the connection what it writes itself. */
function versionsOf({ database }: Store): () => string {
  const others = database.prepare('PRAGMA data_version');
  const own = database.prepare('SELECT total_changes() AS changes');
  return () => `${others.get()?.data_version}:${own.get()?.changes}`;
}

function workersOn(context: Context): Board['workers'] {
  const workers = keptWorkers(context).flatMap((record) => {
    const labels = labelsOf(record);
    if (labels.dialect === 'none' || record.spec.port === null) return [];
    const names = namesOf(record, labels);
    const { phase } = record.status;
    const entry = { names, phase, backend: backendOf(record, labels, names) };
    return [[record.spec.name, entry] as const];
  });
  return new Map(workers);
}

function backendOf(
  { spec, status }: ProcessRecord,
  { bind, dialect, model = '' }: Labels,
  serves: string[],
): Backend | undefined {
  if (status.phase !== 'running' && status.phase !== 'unhealthy') return undefined;
  return {
    id: spec.name,
    run: `${spec.name}@${status.run}`,
    url: `http://${hostOf(bind)}:${spec.port}`,
    dialect: dialect === 'candled' ? 'candled' : 'openai',
    ...{ model, serves, isHealthy: status.phase === 'running' },
  };
}

/** The model as it was said when it was spawned, or what its file is called; and its own name. */
function namesOf({ spec: { name, about } }: ProcessRecord, { model }: Labels): string[] {
  const said = about ?? model;
  if (said === undefined) return [name];
  return [/^[./~]/.test(said) ? stemOf(said) : said, name];
}

export function stemOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.replace(/\.(gguf|safetensors|onnx|bin)$/, '');
}
