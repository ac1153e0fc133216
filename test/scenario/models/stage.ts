import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DownloadRow } from '../../../src/engines/download/row.ts';
import type { World } from '../../rig/home.ts';
import { startHub, type TestHub } from '../../rig/hub/hub.ts';
import { until } from '../../rig/until.ts';
import { succeed } from '../succeed.ts';

/** Two models of the shipped catalog. */
export const TINY = {
  id: 'tinyllama',
  repo: 'TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF',
  file: 'tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf',
};
export const PHI = {
  id: 'phi3',
  repo: 'microsoft/Phi-3-mini-4k-instruct-gguf',
  file: 'Phi-3-mini-4k-instruct-q4.gguf',
};

export interface ModelStage {
  hub: TestHub;
  bytes: Buffer;
  /** Where a model is once it is whole. */
  pathOf(model: typeof TINY): string;
  downloads(): Promise<DownloadRow[]>;
  /** Waits until the newest download of a model is at one of these. */
  comesTo(model: typeof TINY, ...phases: DownloadRow['phase'][]): Promise<DownloadRow>;
}

/** A world whose Gantry knows no other hub than one of the tests, with two models on it. */
export async function stageModels(world: World, size = 9_000_000): Promise<ModelStage> {
  const hub = await startHub();
  world.defer(() => hub.close());
  const bytes = randomBytes(size);
  for (const { repo, file } of [TINY, PHI]) hub.put(repo, file, bytes);
  world.env.HF_ENDPOINT = hub.url;
  world.env.GANTRY_MODELS = world.path('models');

  async function downloads(): Promise<DownloadRow[]> {
    const listed = await succeed(world, ['models', 'downloads', '--all', '--json']);
    return listed.json<{ downloads: DownloadRow[] }>().data.downloads;
  }

  return {
    ...{ hub, bytes, downloads },
    pathOf: ({ id, file }) => world.path('models', id, file),
    comesTo: ({ id }, ...phases) =>
      until(
        async () =>
          (await downloads()).findLast(({ model, phase }) => model === id && phases.includes(phase)),
        { what: `${id} to be ${phases.join(' or ')}`, within: 60_000 },
      ),
  };
}

export async function hashOf(path: string): Promise<string> {
  return digestOf(await readFile(path));
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
