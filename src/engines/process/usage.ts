import { readFileSync } from 'node:fs';
import { pids } from './pids.ts';

/** What the processes of one session use. */
export interface Usage {
  /** Clock ticks of processor time. */
  ticks: number;
  /** Bytes. */
  memory: number;
}

/** Of every system on which /proc is there. */
const PAGE = 4_096;
export const TICKS_PER_SECOND = 100;

/** By the leader of a session, what all its processes use: one look for however many processes are kept. */
export function usageBySession(): Map<number, Usage> {
  const sessions = new Map<number, Usage>();
  for (const pid of pids()) {
    const found = readStat(pid);
    if (!found) continue;
    const { session, ticks, memory } = found;
    const known = sessions.get(session) ?? { ticks: 0, memory: 0 };
    sessions.set(session, { ticks: known.ticks + ticks, memory: known.memory + memory });
  }
  return sessions;
}

/** Clock ticks since boot. */
export function ticksNow(): number {
  try {
    return Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Fields 6, 14, 15 and 24 of /proc/PID/stat, behind a name that may hold anything. */
function readStat(pid: number): (Usage & { session: number }) | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [session, user, system, pages] = [3, 11, 12, 21].map((index) => Number(fields[index]));
    return { session: session ?? 0, ticks: (user ?? 0) + (system ?? 0), memory: (pages ?? 0) * PAGE };
  } catch {
    return undefined;
  }
}
