import { readFileSync } from 'node:fs';
import { ownIdentity } from '#engines/store/process.ts';

/** Tells one start of the machine from another; where nobody can, one start of the daemon from another. */
export function bootOfMachine(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return ownIdentity();
  }
}
