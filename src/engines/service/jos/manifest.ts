import { basename } from 'node:path';
import { isRecord } from '#engines/core/json.ts';
import { isFault, parseJson } from './json.ts';
import { sha256Of } from './source.ts';

const HASH = 'artifact_sha256';

/** The name that a manifest has beside its artifact. */
export function manifestName(path: string): string {
  return `${basename(path)}.sig.json`;
}

/** The SHA-256 that a manifest names, be it of the present form or of the older one; or why it names none. */
export function hashIn(manifest: string): { hash: string } | { failed: string } {
  const json = parseJson(manifest);
  if (isFault(json)) return { failed: `it is no JSON: ${json.reason}` };
  const hash = isRecord(json.value) ? json.value[HASH] : undefined;
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/i.test(hash)) return { failed: `it names no ${HASH}` };
  return { hash: hash.toLowerCase() };
}

/** Whether a text is a manifest, be it outdated or broken, and not something else that would be lost. */
export function isManifest(text: string): boolean {
  const json = parseJson(text);
  return text.trim() === '' || (!isFault(json) && isRecord(json.value) && HASH in json.value);
}

interface Signed {
  /** Of the artifact. */
  path: string;
  text: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A manifest in the form that 0.0.7's own tools write. */
export function manifestOf({ path, text, now }: Signed): string {
  const manifest = {
    $schema: 'https://josfox.ai/schemas/jos-manifest-0.0.7.json',
    manifest_version: '1.0.0',
    artifact_ref: basename(path),
    artifact_sha256: sha256Of(text),
    artifact_size_bytes: Buffer.byteLength(text),
    timestamp: new Date(now).toISOString(),
    generated_by: 'gantry service sign',
    canonical_version: 'Format version v0.0.7 — Specification maturity v0.1.0 (Alpha)',
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
