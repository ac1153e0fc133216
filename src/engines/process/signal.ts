import { isAlive, type ProcessIdentity } from '#engines/store/process.ts';

export function pidOf(identity: ProcessIdentity): number {
  return Number(identity.split('@')[0]);
}

/** Signals a process and its group, and never a later process with its pid; false where it is gone. */
export function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  return sent(-pidOf(identity), signal) || sent(pidOf(identity), signal);
}

export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  return isAlive(identity) && sent(pidOf(identity), signal);
}

/**
 * Signals what is left of the group of a process that has ended; false where nothing is. As long as something is in it,
 * no other process gets its number.
 */
export function signalRemains(identity: ProcessIdentity, signal: NodeJS.Signals | 0): boolean {
  return sent(-pidOf(identity), signal);
}

function sent(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
