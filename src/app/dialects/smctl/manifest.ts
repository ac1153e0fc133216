import { readFileSync } from 'node:fs';
import { type Manifest, manifestSchema } from '#engines/workspace/schema.ts';
import { parseToml } from '#engines/workspace/toml.ts';

/** What a manifest says, defaults filled in. */
export function manifestAt(file: string): Manifest {
  return manifestSchema.parse(parseToml(readFileSync(file, 'utf8')));
}
