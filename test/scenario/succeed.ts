import type { World } from '../rig/home.ts';
import type { Finished, RunOptions } from '../rig/process.ts';

/** Runs the program and fails with what it told unless it ends with 0. */
export const succeed = async (
  world: World,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> => {
  const finished = await world.gantry(args, options);
  if (finished.code === 0) return finished;
  const { code, signal, stdout, stderr } = finished;
  throw new Error(`gantry ${args.join(' ')} ended with ${code ?? signal}:\n${stderr}${stdout}`);
};
