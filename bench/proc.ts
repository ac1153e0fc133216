import { readFileSync } from 'node:fs';

/** Clock ticks of /proc a second on every Linux that Node runs on. */
const TICKS = 100;
/** In megabytes. */
const KILOBYTE = 1 / 1024;

/** Seconds of processor that a process has used so far (Linux). */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; user and system time are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process in megabytes (Linux). */
export function residentMegabytes(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error(`Process ${pid} has no resident memory: it has ended.`);
  return Number(found[1]) * KILOBYTE;
}
