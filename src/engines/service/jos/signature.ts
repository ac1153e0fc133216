import { dirname, join } from 'node:path';
import type { Json } from '#engines/core/json.ts';
import type { Artifact } from './artifact.ts';
import { withValue } from './edit.ts';
import { manifestPlace } from './integrity.ts';
import { sealOf } from './jcs.ts';
import { isFault, type JsonText, parseJson } from './json.ts';
import { manifestName, manifestOf } from './manifest.ts';
import { sha256Of } from './source.ts';

/** Texts by the files that they belong into, in the order of writing, and the hash that they tell of. */
export interface Signature {
  texts: ReadonlyMap<string, string>;
  hash: string;
}

type Unsigned = Pick<Artifact, 'path' | 'text' | 'generation' | 'integrity'>;

/** The file that has the signature of an artifact; undefined where the artifact names one outside its directory. */
export function signatureFile({ path, generation, integrity }: Unsigned): string | undefined {
  if (generation === '1.0.0') return path;
  if (integrity?.kind !== 'manifest') return join(dirname(path), manifestName(path));
  return manifestPlace(path, integrity.ref);
}

/** Whether the artifact itself is changed where it is signed. */
export function isSealedInside({ generation, integrity }: Unsigned): boolean {
  return generation === '1.0.0' || integrity === undefined;
}

/** What signing an artifact writes, at a moment in milliseconds since the epoch. */
export function signatureOf(artifact: Unsigned, now: number): Signature {
  return artifact.generation === '1.0.0' ? sealed(artifact, now) : withManifest(artifact, now);
}

function sealed({ path, text }: Unsigned, now: number): Signature {
  const dated = withValue(parsed(text), ['integrity', 'timestamp'], new Date(now).toISOString());
  const hash = sealOf(dated.value as { [key: string]: Json });
  return { texts: new Map([[path, withValue(dated, ['integrity', 'hash'], hash).text]]), hash };
}

function withManifest(artifact: Unsigned, now: number): Signature {
  const { path } = artifact;
  const file = signatureFile(artifact) as string;
  const text = isSealedInside(artifact) ? referring(artifact) : artifact.text;
  // The manifest first: one that nothing refers to yet does no harm.
  const texts = new Map([[file, manifestOf({ path, text, now })]]);
  if (text !== artifact.text) texts.set(path, text);
  return { texts, hash: `sha256:${sha256Of(text)}` };
}

function referring({ path, text }: Unsigned): string {
  return withValue(parsed(text), ['security', 'integrity_ref'], `./${manifestName(path)}`).text;
}

function parsed(text: string): JsonText {
  const json = parseJson(text);
  if (isFault(json)) throw new Error(json.reason);
  return json;
}
