import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In the order in which they are looked for; a new manifest is written to the first, unless told. */
export const MANIFESTS = ['.gantry/workspace.toml', '.smctl/workspace.toml'] as const;

export type ManifestFile = (typeof MANIFESTS)[number];

/** Root of the workspace at or above a directory. */
export function findWorkspace(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (manifestBelow(directory)) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

/** The manifest of exactly this directory; one that can't be looked at is none that anybody could use. */
export function manifestBelow(root: string): string | undefined {
  return MANIFESTS.map((manifest) => join(root, manifest)).find((file) => existsSync(file));
}
