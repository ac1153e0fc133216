import type { Store } from '#engines/store/store.ts';
import { readLink } from './records.ts';
import { secretsIn } from './vault.ts';

/** What the vaults behind several sets have, laid over each other, the last on top. */
export function secretsOf(opened: Store, sets: readonly string[]): Record<string, string> {
  const vaults = sets.flatMap((set) => readLink(opened, set) ?? []);
  return Object.assign({}, ...vaults.map(secretsIn));
}
