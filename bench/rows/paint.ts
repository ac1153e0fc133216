import { createWorld, type World } from '../../test/rig/home.ts';
import { fixtureWorkspace } from '../fixtures/workspace.ts';
import { interleave } from '../interleave.ts';
import type { Family } from '../row.ts';
import { openStopwatch } from '../stopwatch.ts';
import {
  close,
  daemonPid,
  hasSkeleton,
  isFull,
  REST,
  SIZE,
  startWorkbench,
  stopDaemon,
} from '../workbench.ts';
import { compared } from './compared.ts';

const REPOS = 20;
const RUNS = 20;
const COLD_RUNS = 8;

const ROWS = {
  skeleton: { what: 'skeleton on the screen', bar: 1.2 },
  full: { what: `first full paint, daemon running, ${REPOS} repos`, bar: 3.5 },
  cold: { what: `first full paint with the daemon to start, ${REPOS} repos`, bar: 8 },
};

/** How long the screen takes to be there, against a Node that does nothing on the same pty. */
export const paint: Family = {
  name: 'paint',
  async *rows(tell) {
    const { dir } = await fixtureWorkspace({ repos: REPOS });
    await using world = await createWorld();
    daemonPid(world);
    tell(`daemon running, ${RUNS} runs of each`);
    const reference = (runs: number[]) => ({ name: '`node -e 0`', runs });
    const warm = await interleave({
      sides: {
        node: () => bareNode(world),
        skeleton: () => timeUntil(world, dir, hasSkeleton),
        full: () => timeUntil(world, dir, isFull),
      },
      runs: RUNS,
    });
    yield compared({ ...ROWS.skeleton, own: warm.skeleton, reference: reference(warm.node) });
    yield compared({ ...ROWS.full, own: warm.full, reference: reference(warm.node) });
    tell(`daemon to start, ${COLD_RUNS} runs of each`);
    const cold = await interleave({
      sides: {
        node: () => bareNode(world),
        full: () => {
          stopDaemon(world);
          return timeUntil(world, dir, isFull);
        },
      },
      runs: COLD_RUNS,
      warmUp: 1,
    });
    yield compared({ ...ROWS.cold, own: cold.full, reference: reference(cold.node) });
  },
};

async function bareNode(world: World): Promise<number> {
  const start = performance.now();
  await openStopwatch(world, { argv: [process.execPath, '-e', '0'], ...SIZE, cwd: world.path('work') }).exit;
  return performance.now() - start;
}

async function timeUntil(world: World, cwd: string, isThere: (text: string) => boolean): Promise<number> {
  const start = performance.now();
  const opened = startWorkbench(world, cwd);
  const taken = await opened.until(isThere, start);
  await opened.quiet(REST);
  await close(opened);
  return taken;
}
