import { readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from '#engines/store/process.ts';
import { pids } from './pids.ts';

/** The variable that every process of one run has in its environment, whatever it forked or daemonised into. */
export const MARK = 'GANTRY_RUN';

/** All living processes that belong to runs, each run's longest running first; none where environments can't be read. */
export function processesByRun(): Map<string, ProcessIdentity[]> {
  const found = pids()
    .flatMap((pid) => {
      const run = runOf(pid);
      const identity = run && identify(pid);
      return run && identity ? [{ run, identity }] : [];
    })
    .toSorted((a, b) => startOf(a.identity) - startOf(b.identity));
  const byRun = Map.groupBy(found, ({ run }) => run);
  return new Map([...byRun].map(([run, all]) => [run, all.map(({ identity }) => identity)]));
}

function runOf(pid: number): string | undefined {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    return variables.find((variable) => variable.startsWith(`${MARK}=`))?.slice(MARK.length + 1);
  } catch {
    return undefined;
  }
}

function startOf(identity: ProcessIdentity): number {
  return Number(identity.split('@')[1]);
}
