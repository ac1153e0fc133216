import { createWorld } from '../../test/rig/home.ts';
import { until } from '../../test/rig/until.ts';
import { wallTime } from '../command.ts';
import { isInPath } from '../peers.ts';
import { residentMegabytes } from '../proc.ts';
import { type Family, notYet, type Row } from '../row.ts';
import { median, ratio } from '../statistics.ts';
import { gantrySupervisor } from '../supervisors/gantry.ts';
import { pm2Supervisor } from '../supervisors/pm2.ts';
import { pids, type Supervisor } from '../supervisors/supervisor.ts';
import { supervisordSupervisor } from '../supervisors/supervisord.ts';
import { compared } from './compared.ts';

const RUNS = 7;

/** The share of pm2's time that each may take, by how many services there are. */
const TASKS: Record<number, Record<string, number | undefined>> = {
  1: { 'start of 1 service': undefined, 'restart after kill -9': 1 },
  20: { 'start of 20 services': 0.6 },
  100: {
    'start of 100 services': undefined,
    'list of 100 services': 0.4,
    'restart of 100 services': 0.2,
  },
};

const MEMORY = 'memory of the daemon with 100 services';

/** Milliseconds, or megabytes, by what was measured and of whom. */
type Figures = Map<string, Map<string, number[]>>;

/** Keeping services, as whole commands, against pm2 from npm and beside supervisord from Debian. */
export const processes: Family = {
  name: 'processes',
  async *rows(tell) {
    if (!isInPath('pm2')) {
      yield* Object.values(TASKS).flatMap((tasks) =>
        Object.entries(tasks).map(([task, bar]) =>
          notYet(`${task} against pm2`, { unit: 'x', bar }, 'pm2 is not on this machine'),
        ),
      );
      return;
    }
    for (const [count, tasks] of Object.entries(TASKS)) {
      const figures = await measured(Number(count), (run) => tell(`${count}: run ${run} of ${RUNS}`));
      yield* Object.entries(tasks).map(([task, bar]) => rowOf(task, bar, figures));
      if (Number(count) === 100) yield memoryRow(figures);
    }
  },
};

/** The supervisors in turn, each with a machine of its own, so that nothing of one is in the lists of another. */
async function measured(count: number, tell: (run: number) => void): Promise<Figures> {
  await using world = await createWorld();
  const supervisors = [
    gantrySupervisor(world, count),
    pm2Supervisor(world, count),
    ...(isInPath('supervisord') ? [supervisordSupervisor(world, count)] : []),
  ];
  const figures: Figures = new Map();
  for (let run = 1; run <= RUNS; run += 1) {
    tell(run);
    for (const supervisor of supervisors) {
      for (const [what, figure] of await figuresOf(supervisor, count)) {
        const known = figures.get(what) ?? new Map<string, number[]>();
        known.set(supervisor.name, [...(known.get(supervisor.name) ?? []), figure]);
        figures.set(what, known);
      }
    }
  }
  for (const { end } of supervisors) end();
  return figures;
}

async function figuresOf(supervisor: Supervisor, count: number): Promise<[string, number][]> {
  const services = count === 1 ? '1 service' : `${count} services`;
  const { start, list, restart, remove, pid, daemon } = supervisor;
  const figures: [string, number][] = [
    [`start of ${services}`, wallTime(start)],
    [`list of ${services}`, wallTime(list)],
  ];
  if (count === 1) figures.push(['restart after kill -9', await timeOfRevival(pid)]);
  figures.push([`restart of ${services}`, wallTime(restart)], [MEMORY, residentMegabytes(daemon())]);
  wallTime(remove);
  return figures;
}

function rowOf(task: string, bar: number | undefined, figures: Figures): Row {
  const [own, runs, other] = ['gantry', 'pm2', 'supervisord'].map((name) => figures.get(task)?.get(name));
  return compared({
    what: `${task} against pm2`,
    bar,
    own: own ?? [],
    reference: { name: 'pm2', runs: runs ?? [] },
    peers: other && { supervisord: ratio(other, runs ?? []).median },
  });
}

function memoryRow(figures: Figures): Row {
  const [own, pm2, other] = ['gantry', 'pm2', 'supervisord'].map((name) => {
    const values = figures.get(MEMORY)?.get(name);
    return values && median(values);
  });
  return {
    what: MEMORY,
    unit: 'MB',
    value: own,
    bar: pm2,
    how: 'the bar is pm2',
    peers: other === undefined ? undefined : { supervisord: other },
  };
}

/** From the kill until another process has its place, looked for without a pause. */
async function timeOfRevival(pid: Supervisor['pid']): Promise<number> {
  const first = await until(() => pid(), { what: 'a service' });
  // What ends sooner than it was started counts as a crash loop on all sides.
  await new Promise((wake) => setTimeout(wake, 1_500));
  const before = new Set(pids());
  const from = performance.now();
  process.kill(first, 'SIGKILL');
  for (;;) {
    if (pid(before) !== undefined) return performance.now() - from;
    if (performance.now() - from > 10_000) throw new Error('The service was not started again.');
  }
}
