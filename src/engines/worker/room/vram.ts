import type { Context } from '#engines/core/context.ts';
import { findProgram } from '#engines/process/program.ts';
import { runChild } from '#engines/workspace/child.ts';

const MIB = 1_048_576;
const ARGV = ['nvidia-smi', '--query-gpu=index,memory.free,memory.total', '--format=csv,noheader,nounits'];

/** Memory of a GPU, in bytes. */
export interface Gpu {
  index: number;
  free: number;
  total: number;
}

/** The GPUs of this machine; none where nothing tells. */
export async function readGpus(context: Context): Promise<Gpu[]> {
  if (findProgram('nvidia-smi', context) === undefined) return [];
  const { exitCode, stdout } = await runChild(context, {
    argv: ARGV,
    cwd: context.cwd,
    target: 'nvidia-smi',
  });
  return exitCode === 0 ? stdout.split('\n').flatMap(gpuIn) : [];
}

/** Bytes that a GPU has to spare; undefined where nothing tells. */
export async function freeVram(gpu: number, context: Context): Promise<number | undefined> {
  return (await readGpus(context)).find(({ index }) => index === gpu)?.free;
}

function gpuIn(line: string): Gpu[] {
  const [index = Number.NaN, free = Number.NaN, total = Number.NaN] = line.split(',').map(Number);
  const isTold = [index, free, total].every(Number.isFinite) && line.trim() !== '';
  return isTold ? [{ index, free: free * MIB, total: total * MIB }] : [];
}
