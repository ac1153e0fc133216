import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { openComing } from '#engines/models/coming.ts';
import { conditionOf } from '#engines/models/state.ts';
import { findProgram } from '#engines/process/program.ts';
import { labelsOf } from '#engines/worker/labels.ts';
import { workerRows } from '#engines/worker/list.ts';
import { keptWorkers } from '#engines/worker/named.ts';
import { type Bundle, type Item, nameOf } from './definition/bundle.ts';
import { bundlesNamed } from './definition/read.ts';
import { type FileItem, isFiles, isWhole, modelFor } from './files.ts';
import { addressFor, modelsAt, tagged } from './ollama/server.ts';
import type { BundleWorker, ItemRow, ItemState } from './rows.ts';

interface Condition {
  state: ItemState;
  why: string | null;
}

/** Every item and every worker of bundles; each server of Ollama is asked once. */
export async function readStatus(
  { ids }: { ids: string[] },
  context: Context,
): Promise<{ items: ItemRow[]; workers: BundleWorker[] }> {
  const bundles = await bundlesNamed(ids, context);
  const look = openLook(context);
  const items = bundles.flatMap((bundle) =>
    bundle.items.map(async (item) => ({
      bundle: bundle.id,
      item: nameOf(item),
      kind: item.kind,
      ...(await look(item, bundle)),
    })),
  );
  return {
    items: await Promise.all(items),
    workers: bundles.flatMap((bundle) => workersOf(bundle, context)),
  };
}

/** Looks at items; what it has asked of others it asks once. */
export function openLook(context: Context): (item: Item, bundle: Bundle) => Promise<Condition> {
  const comingOf = openComing(context);
  const servers = new Map<string, Promise<Set<string>>>();
  return async (item, bundle) => {
    if (isFiles(item)) return conditionOfFiles(item);
    if (item.kind === 'ollama') return conditionAt(addressFor(bundle, context), item.name);
    const programs = item.backend.commands.map(([program = '']) => program);
    const found = programs.some((program) => findProgram(program, context) !== undefined);
    return found ? THERE : { state: 'absent', why: `${programs.join(' nor ')} was not found` };
  };

  function conditionOfFiles(item: FileItem): Condition {
    const model = modelFor(item, context);
    if (!model || model.directory === null) {
      const why = model || item.kind !== 'model' ? 'nothing says where models are' : 'no catalog has it';
      return { state: 'unknown', why };
    }
    const coming = comingOf(model.weights);
    if (coming && coming.phase !== 'failed') return { state: 'downloading', why: coming.why ?? coming.phase };
    const isKnown = model.weights.every((file) => /\.(gguf|safetensors)$/.test(file));
    if (!isKnown && isWhole(model)) return THERE;
    const { state, why } = isKnown ? conditionOf(model, context) : { state: 'absent', why: null };
    if (state === 'downloaded') return THERE;
    return { state: state === 'absent' ? 'absent' : 'partial', why: why ?? coming?.why ?? null };
  }

  async function conditionAt(address: string, name: string): Promise<Condition> {
    const asked = servers.get(address) ?? modelsAt(address, context);
    servers.set(address, asked);
    try {
      return (await asked).has(tagged(name)) ? THERE : { state: 'absent', why: null };
    } catch (thrown) {
      context.signal.throwIfAborted();
      return { state: 'unknown', why: failureOf(thrown).message };
    }
  }
}

const THERE: Condition = { state: 'there', why: null };

function workersOf(bundle: Bundle, context: Context): BundleWorker[] {
  const own = keptWorkers(context).filter((worker) => labelsOf(worker).bundle === bundle.id);
  const rows = new Map(workerRows(own).map((row) => [row.id, row]));
  return bundle.start.map(({ worker, backend, model, gpu }) => {
    const row = rows.get(worker);
    const { state = 'absent', port = null, pid = null, why = null } = row ?? {};
    return { bundle: bundle.id, worker, backend, model: model ?? null, gpu, port, pid, state, why };
  });
}
