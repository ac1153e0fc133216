import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { World } from '../../test/rig/home.ts';
import { type Command, outputOf } from '../command.ts';
import { pidWith, type Supervisor } from './supervisor.ts';

/** Exit code of `status` where something does not run. */
const SOME_STOPPED = 3;

/** It has no command that starts what it does not know: `update` reads the programs and starts them. */
export function supervisordSupervisor(world: World, count: number): Supervisor {
  const dir = world.path(`supervisord-${count}`);
  mkdirSync(dir, { recursive: true });
  const [file, none, programs, now] = ['main', 'none', 'programs', 'now'].map(
    (name) => `${dir}/${name}.conf`,
  ) as [string, string, string, string];
  writeFileSync(file, settingsIn(dir, now));
  writeFileSync(none, '');
  writeFileSync(now, '');
  writeFileSync(programs, programsOf(count));
  const at = { cwd: dir, env: world.environment() };
  const ctl = (...words: string[]): Command => ({ argv: ['supervisorctl', '-c', file, ...words], ...at });
  const updated = (from: string): Command => ({
    argv: ['sh', '-c', 'cp "$1" "$2" && exec supervisorctl -c "$3" update', 'sh', from, now, file],
    ...at,
  });
  outputOf({ argv: ['supervisord', '-c', file], ...at });
  return {
    name: 'supervisord',
    start: updated(programs),
    list: { ...ctl('status'), answers: [0, SOME_STOPPED] },
    restart: ctl('restart', 'all'),
    remove: updated(none),
    pid: (except) => pidWith(world, 'BENCH=s:0', except),
    daemon: () => Number(readFileSync(`${dir}/pid`, 'utf8')),
    end: () => void outputOf(ctl('shutdown')),
  };
}

function settingsIn(dir: string, included: string): string {
  return `[unix_http_server]
file=${dir}/socket
[supervisord]
logfile=${dir}/log
pidfile=${dir}/pid
childlogdir=${dir}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${dir}/socket
[include]
files=${included}
`;
}

/** A process counts as started at once, as it does with the others. */
function programsOf(count: number): string {
  return `[program:s]
command=/bin/sleep 100000
process_name=%(process_num)d
numprocs=${count}
startsecs=0
environment=BENCH="s:%(process_num)d"
`;
}
