import { readFileSync } from 'node:fs';
import type { ScheduleRow } from '#engines/schedule/rows.ts';
import type { World } from '../../rig/home.ts';
import { isAlive, signalTo } from '../../rig/process.ts';
import { until } from '../../rig/until.ts';
import { daemonOf } from '../processes/house.ts';

/** A run as `gantry schedule history --json` has it. */
export type RunRow = {
  id: number;
  state: string;
  moment: number | null;
  outcome: string | null;
  said: string | null;
};

export const scheduleOf = async (world: World, name: string): Promise<ScheduleRow> => {
  const listed = await world.gantry(['schedule', 'list', name, '--json']);
  return listed.json<{ schedules: [ScheduleRow] }>().data.schedules[0];
};

export const historyOf = async (world: World, name: string): Promise<RunRow[]> =>
  (await world.gantry(['schedule', 'history', name, '-n', '1000', '--json'])).json<{ runs: RunRow[] }>().data
    .runs;

/** Lines that runs have written to a file of the world. */
export const linesIn = (world: World, file: string): string[] => {
  try {
    return readFileSync(world.path('work', file), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
};

export const untilLines = (world: World, file: string, count: number): Promise<boolean> =>
  until(() => linesIn(world, file).length >= count, { what: `${count} lines in ${file}`, within: 30_000 });

/** Kills the daemon so many milliseconds after the clock has come to a whole second, at which it begins what is due. */
export const killDaemonAfterSecond = async (world: World, milliseconds: number): Promise<void> => {
  const pid = await daemonOf(world);
  if (pid === undefined) throw new Error('There is no daemon to kill.');
  await new Promise((wake) => setTimeout(wake, 1_000 - (Date.now() % 1_000) + milliseconds));
  signalTo(pid, 'SIGKILL');
  await until(() => !isAlive(pid), { what: 'the daemon to be gone' });
};
