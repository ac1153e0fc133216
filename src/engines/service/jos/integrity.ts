import { dirname } from 'node:path';
import { failureOf } from '#engines/core/errors.ts';
import type { Json } from '#engines/core/json.ts';
import type { Artifact } from './artifact.ts';
import { isInside, placed } from './inside.ts';
import { sealOf } from './jcs.ts';
import { isFault, parseJson } from './json.ts';
import { hashIn } from './manifest.ts';
import { readSource } from './source.ts';

/** `unsigned`: it claims nothing. What follows from a failure is up to the caller. */
export type Checked = 'verified' | 'unsigned' | { failed: string };

type Sealed = Pick<Artifact, 'path' | 'text' | 'sha256' | 'integrity'>;

/** Whether an artifact is what its signature says; that says nothing of who signed it. */
export async function checkIntegrity(artifact: Sealed): Promise<Checked> {
  const { integrity } = artifact;
  switch (integrity?.kind) {
    case undefined:
      return 'unsigned';
    case 'hash':
      return checkSeal(artifact.text, integrity.hash);
    case 'manifest':
      return checkManifest(artifact, integrity.ref);
  }
}

/** Where the manifest of a reference is; a reference that leads out of the artifact's directory has none. */
export function manifestPlace(artifact: string, ref: string): string | undefined {
  const place = placed(dirname(artifact), ref);
  return isInside(place, dirname(artifact)) ? place : undefined;
}

function checkSeal(text: string, hash: string): Checked {
  const json = parseJson(text);
  if (isFault(json)) return { failed: json.reason };
  try {
    const seal = sealOf(json.value as { [key: string]: Json });
    return seal === hash
      ? 'verified'
      : { failed: `its hash is ${short(seal)}, and integrity.hash is ${short(hash)}` };
  } catch (thrown) {
    return { failed: `it has no canonical form: ${(thrown as Error).message}` };
  }
}

async function checkManifest({ path, sha256 }: Sealed, ref: string): Promise<Checked> {
  const place = manifestPlace(path, ref);
  if (place === undefined) return { failed: `the manifest ${ref} is outside its directory` };
  const manifest = await readSource(place).catch(failureOf);
  if ('code' in manifest) {
    const isMissing = manifest.code === 'artifact-missing';
    return { failed: isMissing ? `the manifest ${ref} is not there` : manifest.message.replace(/\.$/, '') };
  }
  const named = hashIn(manifest.text);
  if ('failed' in named) return { failed: `the manifest ${ref} is unusable: ${named.failed}` };
  if (named.hash === sha256) return 'verified';
  return { failed: `its hash is ${short(sha256)}, and the manifest names ${short(named.hash)}` };
}

function short(hash: string): string {
  return hash.slice(0, hash.indexOf(':') + 13);
}
