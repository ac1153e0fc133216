import { readFileSync } from 'node:fs';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { until } from '../../rig/until.ts';

/** A process as `gantry process list --json` has it, without what it uses at the moment. */
export type ProcessRow = {
  id: string;
  about: string | null;
  phase: string;
  pid: number | null;
  restarts: number;
  why: string | null;
};

export const processesOf = async (world: World): Promise<ProcessRow[]> => {
  const listed = await world.gantry(['process', 'list', '--json']);
  return listed
    .json<{ processes: ProcessRow[] }>()
    .data.processes.map(({ id, about, phase, pid, restarts, why }) => ({
      id,
      about,
      phase,
      pid,
      restarts,
      why,
    }));
};

export const daemonOf = async (world: World): Promise<number | undefined> =>
  (await world.gantry(['daemon', 'status', '--json'])).json<{ pid?: number }>().data.pid;

/** What really runs, whatever any record says: pids by the name of the process that they belong to. */
export const marked = (world: World): Map<string, number[]> => {
  const found = world.processes().flatMap(({ pid }) => {
    const name = /(?:^|\0)GANTRY_PROCESS=([^\0]*)/.exec(environmentOf(pid))?.[1];
    return name === undefined ? [] : [{ name, pid }];
  });
  const byName = Map.groupBy(found, ({ name }) => name);
  return new Map([...byName].map(([name, all]) => [name, all.map(({ pid }) => pid)]));
};

export const killDaemon = async (world: World): Promise<void> => {
  const pid = await daemonOf(world);
  if (pid === undefined) return;
  signalTo(pid, 'SIGKILL');
  await until(() => !signalTo(pid, 0) || isZombie(pid), { what: 'the daemon to be gone' });
};

/** Commands that end well, one after the other. */
export const gantryWell = async (world: World, ...words: string[]) => {
  const finished = await world.gantry([...words, '--yes']);
  if (finished.code === 0) return finished;
  throw new Error(`${words.join(' ')} ended with ${finished.code}:\n${finished.stderr}${finished.stdout}`);
};

const environmentOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
};

const isZombie = (pid: number): boolean => {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/.*\)/, ')'));
  } catch {
    return true;
  }
};
