import { readFileSync } from 'node:fs';
import { parseToml } from '#engines/workspace/toml.ts';
import { type Manifest, manifestSchema } from '#engines/workspace/schema.ts';

/** What a manifest says, defaults filled in. */
export function manifestAt(file: string): Manifest {
  return manifestSchema.parse(parseToml(readFileSync(file, 'utf8')));
}
