import { buildIfStale } from './build.ts';

// Tests that start the real program start the bundle.
export async function setup(): Promise<void> {
  await buildIfStale();
}
