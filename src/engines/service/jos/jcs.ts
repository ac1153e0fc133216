import canonicalize from 'canonicalize';
import { isRecord, type Json } from '#engines/core/json.ts';
import { sha256Of } from './source.ts';

/**
 * What seals a document of JOS 1.0.0: the SHA-256 of its canonical JSON (RFC 8785) without `integrity.hash`. The
 * `integrity` around it stays, even where it is empty. Throws where there is no canonical form: lone surrogates.
 */
export function sealOf(document: { [key: string]: Json }): string {
  const { integrity } = document;
  const { hash: _, ...rest } = isRecord(integrity) ? integrity : {};
  const unsealed = isRecord(integrity) ? { ...document, integrity: rest } : document;
  return `sha256:${sha256Of(canonicalize(unsealed) as string)}`;
}
