import { bundleAll } from './bundle.ts';
import { putInPlace } from './put.ts';
import { isStale } from './stale.ts';

export type Built = { files: number; bytes: number; milliseconds: number };

export async function build(): Promise<Built> {
  const startedAt = new Date();
  const bundles = await bundleAll();
  putInPlace(bundles, startedAt);
  return {
    files: bundles.length,
    bytes: bundles.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    milliseconds: Date.now() - startedAt.getTime(),
  };
}

export async function buildIfStale(): Promise<Built | undefined> {
  return isStale() ? build() : undefined;
}
