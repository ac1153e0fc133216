import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createWorld } from '../../test/rig/home.ts';
import { type Fixture, fixtureWorkspace } from '../fixtures/workspace.ts';
import { figure } from '../report.ts';
import type { Family } from '../row.ts';
import { median, quantile } from '../statistics.ts';
import type { Stopwatch } from '../stopwatch.ts';
import { close, daemonPid, openWorkbench, selected } from '../workbench.ts';
import { peersOnPty } from './screen-peers.ts';

const REPOS = 500;
const PRESSES = 200;
/** Milliseconds between two changes; each makes one repo be read again and its row be drawn anew. */
const CHANGE_EVERY = 20;

const ROWS = {
  p50: { what: `key to paint, ${REPOS} repos refreshing, p50`, bar: 5 },
  p95: { what: `key to paint, ${REPOS} repos refreshing, p95`, bar: 16 },
};

/** How soon the selection has moved after a key, while the rows change. */
export const keys: Family = {
  name: 'keys',
  async *rows(tell) {
    const fixture = await fixtureWorkspace({ repos: REPOS, label: 'changing' });
    await using world = await createWorld();
    daemonPid(world);
    const opened = await openWorkbench(world, fixture.dir);
    tell(`${PRESSES} keys`);
    const changes = changeFiles(fixture);
    const times = await pressed(opened);
    const changed = await changes.stop();
    await close(opened);
    const peers = await peersOnPty(world, fixture);
    const how = `${times.length} keys, ${changed} changes meanwhile; ${figure(Math.max(...times), 'ms')} at the most`;
    const peer = (of: (values: number[]) => number) =>
      Object.fromEntries(Object.entries(peers).map(([name, { times }]) => [name, of(times)]));
    yield { ...ROWS.p50, unit: 'ms', value: median(times), how, peers: peer(median) };
    const p95 = (values: number[]) => quantile(values, 0.95);
    yield { ...ROWS.p95, unit: 'ms', value: p95(times), how, peers: peer(p95) };
  },
};

/** Milliseconds from each key until the selection has moved, down and up again. */
async function pressed(opened: Stopwatch): Promise<number[]> {
  const times: number[] = [];
  for (let press = 0; press < PRESSES; press++) {
    const before = selected(opened.text());
    const hasMoved = (text: string) => ![before, undefined].includes(selected(text));
    const start = performance.now();
    opened.send(press % 40 < 20 ? 'j' : 'k');
    times.push(await opened.until(hasMoved, start));
    // Of no common period with frames and changes, so that keys come at every moment of both.
    await pause(37 + (press % 11) * 7);
  }
  return times;
}

/** Puts a file into one repo after another, takes it away again in the next round, until stopped; then says how often. */
function changeFiles({ repos }: Fixture): { stop(): Promise<number> } {
  const files = repos.map(({ dir }) => join(dir, 'changed-by-benchmark'));
  let changes = 0;
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    const file = files[changes % files.length] as string;
    const comes = Math.floor(changes / files.length) % 2 === 0;
    last = comes ? writeFile(file, '') : rm(file, { force: true });
    changes += 1;
  }, CHANGE_EVERY);
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      await Promise.all(files.map((file) => rm(file, { force: true })));
      return changes;
    },
  };
}
