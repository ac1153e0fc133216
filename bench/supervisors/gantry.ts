import type { World } from '../../test/rig/home.ts';
import { gantry } from '../gantry.ts';
import { daemonPid, stopDaemon } from '../workbench.ts';
import { pidWith, type Supervisor } from './supervisor.ts';

export function gantrySupervisor(world: World, count: number): Supervisor {
  const name = `s${count}`;
  const command = (...words: string[]) => gantry(world, ['service', ...words]);
  daemonPid(world);
  return {
    name: 'gantry',
    start: command('start', '--name', name, '--command', 'exec sleep 100000', '--replicas', String(count)),
    list: command('list'),
    restart: command('restart', name),
    remove: command('remove', name),
    pid: (except) => pidWith(world, `GANTRY_PROCESS=${name}:0`, except),
    daemon: () => daemonPid(world),
    end: () => stopDaemon(world),
  };
}
