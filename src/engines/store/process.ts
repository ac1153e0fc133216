import { closeSync, openSync, readSync } from 'node:fs';

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
  const stat = statOf(pid);
  if (!stat) return existsWithoutProc(pid) ? '0' : undefined;
  return stat[0] === 'Z' ? undefined : stat[19];
}

/** Fields 3 and on of /proc/PID/stat, behind a name that may hold anything; undefined where there is none. */
export function statOf(pid: number): string[] | undefined {
  let file: number | undefined;
  try {
    file = openSync(`/proc/${pid}/stat`, 'r');
    // Half the time of reading a file of unknown length, and a list asks of every process there is.
    const stat = STAT.toString('latin1', 0, readSync(file, STAT, 0, STAT.length, 0));
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** 52 numbers and a name are shorter. */
const STAT = Buffer.allocUnsafe(4_096);

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
