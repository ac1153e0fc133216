import { basename } from 'node:path';
import { slugOf } from './slug.ts';

/** The name of an artifact, or of its file where it has none. */
export function nameIn(declared: string | null | undefined, path: string): { name: string; slug: string } {
  const name = declared?.trim() || basename(path).replace(/\.jos(\.json)?$/, '');
  return { name, slug: slugOf(name) };
}
