import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { namesIn, sizeOfFile, sizeOfModel, weightsIn } from '#engines/models/files.ts';
import { store } from '#engines/store/store.ts';
import { type Board, workersOf } from './board.ts';
import { keepDirectory } from './keep.ts';
import { readKept } from './records.ts';

/** A model as the contract tells of it. */
export interface KnownModel {
  name: string;
  format: string;
  size_bytes: number;
  registered_at?: string;
  status: 'loaded' | 'unloaded' | 'error';
}

/** Models that the gateway was given, those beside them in its directory, and those that workers serve. */
export function knownModels(board: Board, context: Context): KnownModel[] {
  const dir = keepDirectory(context);
  const kept = new Map(readKept(context.use(store)).map((one) => [one.name, one]));
  const present = dir === undefined ? [] : namesIn(dir).filter((name) => hasWeights(dir, name));
  const workers = [...board.workers.values()];
  const served = workers.flatMap(({ names: [name = ''] }) => name);
  return [...new Set([...kept.keys(), ...present, ...served, ...board.routes.keys()])].sort().map((name) => {
    const own = kept.get(name);
    const path = own ? join(own.directory, own.file) : dir === undefined ? undefined : join(dir, name);
    return {
      name,
      format: formatOf(path),
      size_bytes: own?.size ?? (path === undefined ? 0 : sizeOfModel(path)),
      ...(own ? { registered_at: new Date(own.registeredAt).toISOString() } : {}),
      status: statusOf(board, name),
    };
  });
}

function hasWeights(dir: string, name: string): boolean {
  if (name.startsWith('.')) return false;
  const found = statSync(join(dir, name), { throwIfNoEntry: false });
  return found?.isDirectory() === true && weightsIn(join(dir, name)).length > 0;
}

function formatOf(path: string | undefined): string {
  if (path === undefined) return 'unknown';
  const file = sizeOfFile(path) === undefined ? weightsIn(path)[0] : path;
  return /\.(gguf|safetensors|onnx|bin)$/.exec(file ?? '')?.[1] ?? 'unknown';
}

function statusOf(board: Board, name: string): KnownModel['status'] {
  const own = workersOf(board, name);
  if (own.some(({ phase }) => phase === 'running')) return 'loaded';
  const isBroken = own.some(({ phase }) => ['failed', 'crash-loop', 'unhealthy'].includes(phase));
  return isBroken ? 'error' : 'unloaded';
}
