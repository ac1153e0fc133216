import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../home.ts';

/** The programs that workers are, by the name under which they are found, and what of the rig stands for each. */
const PROGRAMS: Record<string, string[]> = {
  'llorch-cpu-candled': ['candled.ts', 'cpu'],
  'llorch-cuda-candled': ['candled.ts', 'cuda'],
  'llorch-metal-candled': ['candled.ts', 'metal'],
  'llorch-candled': ['candled.ts', 'legacy'],
  'llama-server': ['llama-server.ts'],
  ollama: ['ollama.ts'],
  'whisper-server': ['whisper-server.ts'],
};

/** Worlds of one machine know nothing of each other's workers, which have their ports before they listen. */
const PORTS = { from: 20_000, each: 20, worlds: 600 };
let worlds = 41 * process.pid;

/** Makes model servers commands of the world, which has ports of its own for them. */
export const installWorkers = async (world: World, ...names: string[]): Promise<void> => {
  const bin = world.path('bin');
  await mkdir(bin, { recursive: true });
  for (const name of names) {
    const [file = '', ...args] = PROGRAMS[name] ?? [];
    const script = fileURLToPath(new URL(file, import.meta.url));
    const words = [process.execPath, script, ...args].map((word) => `'${word}'`).join(' ');
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  }
  const own = PORTS.from + PORTS.each * (worlds++ % PORTS.worlds);
  world.env.GANTRY_WORKER_FIRST_PORT ??= String(own + 1);
  // Whoever may have that of pool managers on this machine has nothing to do with the test.
  world.env.GANTRY_POOL_PORT ??= String(own);
  const path = world.env.PATH ?? '';
  if (!path.split(delimiter).includes(bin)) world.env.PATH = [bin, path].join(delimiter);
};

/** A model in the model directory of the workspace; returns its file. */
export const putModel = async (
  world: World,
  id: string,
  { file = `${id}.gguf`, bytes = 'GGUF' } = {},
): Promise<string> => {
  const path = world.path('work', '.test-models', id, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
};
