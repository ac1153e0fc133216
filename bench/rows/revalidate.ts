import { stampOf } from '#engines/repo/stamp.ts';
import { createWorld } from '../../test/rig/home.ts';
import { outputOf } from '../command.ts';
import { fixtureWorkspace } from '../fixtures/workspace.ts';
import { gantry } from '../gantry.ts';
import { interleave } from '../interleave.ts';
import { figure } from '../report.ts';
import type { Family } from '../row.ts';
import { spread } from '../statistics.ts';

const REPOS = 500;
const RUNS = 30;

interface Status {
  path: string;
  branch: string | null;
  upstream: string | null;
}

/** What the watcher does now and then for the case that a watch has missed something: one look at every repo. */
export const revalidate: Family = {
  name: 'revalidate',
  async *rows(tell) {
    tell(`${REPOS} repos, ${RUNS} looks`);
    const { dir } = await fixtureWorkspace({ repos: REPOS });
    await using world = await createWorld();
    const answer = outputOf(gantry(world, ['repo', 'status', '--json'], { cwd: dir }));
    const { repos } = JSON.parse(answer).data as { repos: Status[] };
    const stamps = repos.map((status) => stampOf(status.path, status));
    const look = () => {
      const start = performance.now();
      const moved = repos.filter((status, index) => stampOf(status.path, status) !== stamps[index]);
      const taken = performance.now() - start;
      if (moved.length > 0) throw new Error(`${moved.length} repos have changed meanwhile.`);
      return taken;
    };
    const { own } = await interleave({ sides: { own: look }, runs: RUNS });
    const { median: value, low, high } = spread(own);
    yield {
      what: `revalidating ${REPOS} unchanged repos, watchers silent`,
      unit: 'ms',
      bar: 50,
      value,
      how: `${figure(low, 'ms')} to ${figure(high, 'ms')}, ${RUNS} looks in one process`,
    };
  },
};
