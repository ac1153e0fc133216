import { readFileSync } from 'node:fs';

/** A process that can't be mistaken for a later one with the same pid: `4711@88123`. */
export type ProcessIdentity = string;

export function identify(pid: number): ProcessIdentity | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : `${pid}@${started}`;
}

/** Whether the very process is still there; where /proc is missing, whether any process has its pid. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(Number(identity.split('@')[0])) === identity;
}

/** Clock ticks since boot at which the process started (field 22 of /proc/PID/stat); 0 on systems without /proc. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : rest[18];
  } catch {
    return existsWithoutProc(pid) ? '0' : undefined;
  }
}

function existsWithoutProc(pid: number): boolean {
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** This process, also where its start can't be known. */
export function ownIdentity(): ProcessIdentity {
  return identify(process.pid) ?? `${process.pid}@0`;
}
