import type { Context } from '#engines/core/context.ts';
import { runChild } from '#engines/workspace/child.ts';
import { findProgram } from '../backend/program.ts';

const MIB = 1_048_576;
const ARGV = ['nvidia-smi', '--query-gpu=index,memory.free', '--format=csv,noheader,nounits'];

/** Bytes that a GPU has to spare; undefined where nothing tells. */
export async function freeVram(gpu: number, context: Context): Promise<number | undefined> {
  if (findProgram('nvidia-smi', context) === undefined) return undefined;
  const { exitCode, stdout } = await runChild(context, {
    argv: ARGV,
    cwd: context.cwd,
    target: 'nvidia-smi',
  });
  if (exitCode !== 0) return undefined;
  const rows = stdout.split('\n').map((line) => line.split(',').map(Number));
  const free = rows.find(([index]) => index === gpu)?.[1];
  return free === undefined || Number.isNaN(free) ? undefined : free * MIB;
}
