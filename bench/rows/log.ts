import { readFileSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createWorld, type World } from '../../test/rig/home.ts';
import { until } from '../../test/rig/until.ts';
import { outputOf } from '../command.ts';
import { gantry } from '../gantry.ts';
import type { Family } from '../row.ts';
import { stopDaemon } from '../workbench.ts';
import { compared } from './compared.ts';

const RUNS = 9;
const LINES = 500_000;

/** A system call for each line of 100 bytes; then it tells what processor time it took, in milliseconds. */
const WRITER = `
import { renameSync, writeFileSync, writeSync } from 'node:fs';
const [file] = process.argv.slice(2);
const line = Buffer.from('x'.repeat(99) + '\\n');
for (let count = 0; count < 10_000; count += 1) writeSync(1, line);
const before = process.cpuUsage();
for (let count = 0; count < ${LINES}; count += 1) writeSync(1, line);
const { user, system } = process.cpuUsage(before);
writeFileSync(file + '.part', String((user + system) / 1000));
renameSync(file + '.part', file);
`;

/** What it costs a process that its output is kept, shortened and indexed, against writing a file. */
export const log: Family = {
  name: 'log',
  async *rows(tell) {
    await using world = await createWorld();
    const writer = world.path('work', 'writer.mjs');
    await writeFile(writer, WRITER);
    const own: number[] = [];
    const runs: number[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      tell(`run ${run} of ${RUNS}`);
      own.push(await kept(world, writer, run));
      runs.push(plain(world, writer, run));
    }
    stopDaemon(world);
    yield compared({
      what: `processor time of writing ${LINES} lines that are kept`,
      bar: 1.05,
      own,
      reference: { name: 'a plain file', runs },
    });
  },
};

async function kept(world: World, writer: string, run: number): Promise<number> {
  const result = world.path('work', `kept-${run}`);
  const line = [process.execPath, writer, result].join(' ');
  outputOf(gantry(world, ['service', 'start', '--name', 'writer', '--command', line, '--restart', 'never']));
  const taken = await until(
    () => statSync(result, { throwIfNoEntry: false }) && readFileSync(result, 'utf8'),
    {
      what: 'all lines to be written',
    },
  );
  outputOf(gantry(world, ['service', 'remove', 'writer']));
  return Number(taken);
}

function plain(world: World, writer: string, run: number): number {
  const [result, file] = [world.path('work', `plain-${run}`), world.path('work', 'plain.log')];
  outputOf({
    argv: ['sh', '-c', 'exec "$@" >>"$0"', file, process.execPath, writer, result],
    cwd: world.path('work'),
    env: world.environment(),
  });
  rmSync(file);
  return Number(readFileSync(result, 'utf8'));
}
