import { setTimeout as pause } from 'node:timers/promises';
import { createWorld } from '../../test/rig/home.ts';
import { fixtureWorkspace } from '../fixtures/workspace.ts';
import { processorSeconds, residentMegabytes } from '../proc.ts';
import { figure } from '../report.ts';
import type { Family, Row } from '../row.ts';
import { median } from '../statistics.ts';
import type { Stopwatch } from '../stopwatch.ts';
import { close, daemonPid, openWorkbench, REST } from '../workbench.ts';
import { peersOnPty } from './screen-peers.ts';

const REPOS = 100;
const SECONDS = 20;
const MOVES = 30;

const ROWS = {
  processor: { what: `idle processor share, ${REPOS} repos`, unit: '%', bar: 0.5 },
  silence: { what: 'bytes written while nothing changes', unit: 'bytes', bar: 0 },
  move: { what: 'bytes per selection move', unit: 'bytes', bar: 1_500 },
  screen: { what: `resident memory of the screen, ${REPOS} repos`, unit: 'MB', bar: 130 },
  daemon: { what: `resident memory of the daemon, ${REPOS} repos`, unit: 'MB', bar: 90 },
} as const satisfies Record<string, Pick<Row, 'what' | 'unit' | 'bar'>>;

/** What the screen and the daemon take while nobody does anything, and what one move costs. */
export const idle: Family = {
  name: 'idle',
  async *rows(tell) {
    const fixture = await fixtureWorkspace({ repos: REPOS });
    await using world = await createWorld();
    const daemon = daemonPid(world);
    const opened = await openWorkbench(world, fixture.dir);
    const moves = await bytesOfMoves(opened);

    tell(`idle for ${SECONDS} s`);
    const written = opened.bytes;
    const before = [opened.pid, daemon].map(processorSeconds);
    await pause(SECONDS * 1_000);
    const shares = [opened.pid, daemon].map(
      (pid, index) => ((processorSeconds(pid) - (before[index] as number)) / SECONDS) * 100,
    );
    const silence = opened.bytes - written;
    const [ofScreen = 0, ofDaemon = 0] = shares;
    yield {
      ...ROWS.processor,
      value: ofScreen + ofDaemon,
      how: `over ${SECONDS} s: screen ${figure(ofScreen, '%')}, daemon ${figure(ofDaemon, '%')}`,
    };
    yield { ...ROWS.silence, value: silence, how: `over ${SECONDS} s` };
    const memory = { screen: residentMegabytes(opened.pid), daemon: residentMegabytes(daemon) };
    await close(opened);

    const peers = Object.entries(await peersOnPty(world, fixture));
    yield {
      ...ROWS.move,
      value: median(moves),
      how: `${moves.length} moves, ${figure(Math.max(...moves), 'bytes')} at the most`,
      peers: Object.fromEntries(peers.map(([name, { bytes }]) => [name, median(bytes)])),
    };
    yield {
      ...ROWS.screen,
      value: memory.screen,
      how: `after ${MOVES} moves and ${SECONDS} s`,
      peers: Object.fromEntries(peers.map(([name, { memory }]) => [name, memory])),
    };
    yield { ...ROWS.daemon, value: memory.daemon, how: `after ${SECONDS} s` };
  },
};

async function bytesOfMoves(opened: Stopwatch): Promise<number[]> {
  const bytes: number[] = [];
  for (let move = 0; move < MOVES; move++) {
    const before = opened.bytes;
    opened.send(move % 10 < 5 ? 'j' : 'k');
    await opened.quiet(REST);
    bytes.push(opened.bytes - before);
  }
  return bytes;
}
