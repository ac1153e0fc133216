import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { logDirectory } from '#engines/process/files.ts';
import type { ProcessSpec } from '#engines/process/spec.ts';
import type { Backend } from '../backend/template.ts';
import { workerError } from '../errors.ts';
import { presentModels } from '../model/find.ts';
import { freeVram } from './vram.ts';

export interface Load {
  backend: Pick<Backend, 'name' | 'memory'>;
  gpu: number;
  /** Bytes of the model; undefined where nobody knows. */
  size?: number;
}

/** A model takes more in memory than on the disk: caches, and what it works on. */
const FACTOR = 1.2;

/** What a worker has no room for: the memory of the GPU, that of the machine, or the disk. */
export async function lacksRoom(
  load: Load,
  spec: ProcessSpec,
  context: Context,
): Promise<Failure | undefined> {
  return (await lacksMemory(load, context)) ?? (await lacksDisk(spec, context));
}

async function lacksMemory(load: Load, context: Context): Promise<Failure | undefined> {
  const { backend, gpu, size = 0 } = load;
  const needed = size * FACTOR;
  const vram = backend.memory === 'vram' && size > 0 ? await freeVram(gpu, context) : undefined;
  const available = vram ?? process.availableMemory();
  if (needed <= available) return undefined;
  const where = vram === undefined ? 'the machine' : `GPU ${gpu}`;
  const message = `The model needs ${gigabytes(needed)} and ${where} has ${gigabytes(available)} to spare.`;
  return workerError(vram === undefined ? 'ram-insufficient' : 'vram-insufficient', message, {
    next: [...smaller(load, available, context), 'gantry worker list', 'gantry worker spawn … --force'],
    details: { needed: Math.ceil(needed), available },
  }).failure;
}

/** The largest model that would fit. */
function smaller({ backend }: Load, available: number, context: Context): string[] {
  const [fitting] = presentModels(context)
    .filter(({ size }) => size > 0 && size * FACTOR <= available)
    .toSorted((a, b) => b.size - a.size);
  return fitting ? [`gantry worker spawn ${backend.name} --model ${quote(fitting.id)}`] : [];
}

async function lacksDisk({ name, log }: ProcessSpec, context: Context): Promise<Failure | undefined> {
  const dir = logDirectory(context, name);
  const { bavail, bsize } = await statfs(existing(dir));
  const [needed, available] = [log.size * log.count, bavail * bsize];
  if (needed <= available) return undefined;
  const message = `Its log may take ${gigabytes(needed)} and ${dir} has ${gigabytes(available)} to spare.`;
  return workerError('disk-insufficient', message, {
    next: [`df -h ${quote(existing(dir))}`, 'gantry worker spawn … --force'],
    details: { needed, available, directory: dir },
  }).failure;
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
