import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createWorld, type World } from '../../test/rig/home.ts';
import { until } from '../../test/rig/until.ts';
import { type Command, outputOf, wallTime } from '../command.ts';
import { gantry } from '../gantry.ts';
import { isInPath } from '../peers.ts';
import { residentMegabytes } from '../proc.ts';
import { type Family, notYet, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import { daemonPid, stopDaemon } from '../workbench.ts';
import { compared } from './compared.ts';

const RUNS = 7;

/** What is timed, and the share of pm2's time that it may take. */
const TASKS = {
  'start of 1 service': { count: 1, bar: undefined },
  'start of 20 services': { count: 20, bar: 0.6 },
  'start of 100 services': { count: 100, bar: undefined },
  'list of 100 services': { count: 100, bar: 0.4 },
  'restart of 100 services': { count: 100, bar: 0.2 },
} as const;

/** One supervisor with so many sleeping services. */
interface Side {
  start: Command;
  list: Command;
  restart: Command;
  remove: Command;
  /** Pid of the first service. */
  pid(): number | undefined;
  daemon(): number;
}

/** Keeping services, as whole commands, against pm2 from npm. */
export const processes: Family = {
  name: 'processes',
  async *rows(tell) {
    if (!isInPath('pm2')) {
      yield* Object.entries(TASKS).map(([task, { bar }]) =>
        notYet(`${task} against pm2`, { unit: 'x', bar }, 'pm2 is not on this machine'),
      );
      return;
    }
    await using world = await createWorld({ env: { PM2_HOME: '/nonexistent' } });
    world.env.PM2_HOME = world.path('pm2');
    daemonPid(world);
    for (const count of [1, 20, 100]) {
      const own = ownSide(world, count);
      const reference = await pm2Side(world, count);
      yield* await rowsOf(count, { own, reference, tell });
    }
    outputOf({ argv: ['pm2', 'kill'], cwd: world.path('work'), env: world.environment() });
    stopDaemon(world);
  },
};

async function rowsOf(
  count: number,
  { own, reference, tell }: { own: Side; reference: Side; tell(progress: string): void },
): Promise<Row[]> {
  const times = new Map<string, { own: number[]; reference: number[] }>();
  const note = (task: string, side: 'own' | 'reference', time: number) => {
    const known = times.get(task) ?? { own: [], reference: [] };
    known[side].push(time);
    times.set(task, known);
  };
  const memory: number[][] = [];
  for (let run = 0; run < RUNS; run += 1) {
    tell(`${count}: run ${run + 1} of ${RUNS}`);
    for (const [side, { start, list, restart, remove, pid, daemon }] of [
      ['own', own],
      ['reference', reference],
    ] as const) {
      const services = count === 1 ? '1 service' : `${count} services`;
      note(`start of ${services}`, side, wallTime(start));
      note(`list of ${services}`, side, wallTime(list));
      if (count === 1) note('restart after kill -9', side, await timeOfRevival(pid));
      note(`restart of ${services}`, side, wallTime(restart));
      if (side === 'own') memory.push([residentMegabytes(daemon()), 0]);
      else (memory.at(-1) as number[])[1] = residentMegabytes(daemon());
      wallTime(remove);
    }
  }
  const rows = [...times].flatMap(([task, { own, reference }]): Row[] => {
    const bar = task === 'restart after kill -9' ? 1 : TASKS[task as keyof typeof TASKS]?.bar;
    if (bar === undefined && !(task in TASKS)) return [];
    return [compared({ what: `${task} against pm2`, bar, own, reference: { name: 'pm2', runs: reference } })];
  });
  if (count !== 100) return rows;
  const [ours, theirs] = [0, 1].map((side) => median(memory.map((pair) => pair[side] as number)));
  const value = ours as number;
  return [
    ...rows,
    { what: 'memory of the daemon with 100 services', unit: 'MB', value, bar: theirs, how: 'the bar is pm2' },
  ];
}

/** From the kill until another process has its place, looked for without a pause. */
async function timeOfRevival(pid: Side['pid']): Promise<number> {
  const first = await until(pid, { what: 'a service' });
  // What ends sooner than it was started counts as a crash loop on both sides.
  await new Promise((wake) => setTimeout(wake, 1_500));
  const from = performance.now();
  process.kill(first, 'SIGKILL');
  for (;;) {
    const next = pid();
    if (next !== undefined && next !== first) return performance.now() - from;
    if (performance.now() - from > 10_000) throw new Error('The service was not started again.');
  }
}

function ownSide(world: World, count: number): Side {
  const name = `s${count}`;
  const command = (...words: string[]) => gantry(world, ['service', ...words]);
  const mark = 'exec sleep 100000';
  return {
    start: command('start', '--name', name, '--command', mark, '--replicas', String(count)),
    list: command('list'),
    restart: command('restart', name),
    remove: command('remove', name),
    pid: () => pidWith(world, `GANTRY_PROCESS=${name}:0`),
    daemon: () => daemonPid(world),
  };
}

async function pm2Side(world: World, count: number): Promise<Side> {
  const file = world.path('work', `services-${count}.config.js`);
  const apps = `Array.from({ length: ${count} }, (_, index) => ({
    name: 's${count}-' + index, script: '/bin/sleep', args: '100000', interpreter: 'none' }))`;
  await writeFile(file, `module.exports = { apps: ${apps} };\n`);
  const command = (...words: string[]): Command => ({
    argv: ['pm2', ...words],
    cwd: world.path('work'),
    env: world.environment(),
  });
  outputOf(command('ping'));
  return {
    start: command('start', file),
    list: command('list'),
    restart: command('restart', 'all'),
    remove: command('delete', 'all'),
    pid: () => pidWith(world, `name=s${count}-0`),
    daemon: () => Number(readFileSync(world.path('pm2', 'pm2.pid'), 'utf8')),
  };
}

/** The process of this world with a variable. */
function pidWith(world: World, variable: string): number | undefined {
  return world.processes().find(({ pid, argv }) => {
    if (!argv[0]?.endsWith('sleep')) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
    } catch {
      return false;
    }
  })?.pid;
}
