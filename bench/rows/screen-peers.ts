import type { World } from '../../test/rig/home.ts';
import type { Fixture } from '../fixtures/workspace.ts';
import { isInPath } from '../peers.ts';
import { residentMegabytes } from '../proc.ts';
import { openStopwatch, type Stopwatch } from '../stopwatch.ts';
import { REST, SIZE } from '../workbench.ts';

/** What another full-screen program does on the same pty, at rest, with one repository. */
export interface ScreenPeer {
  /** Milliseconds from each key until something on the screen has changed. */
  times: number[];
  /** Bytes that each of those keys made it write. */
  bytes: number[];
  /** Megabytes. */
  memory: number;
}

const PROGRAMS = ['tig', 'lazygit'];
const PRESSES = 40;
/** Milliseconds without a byte after which a key counts as answered. */
const QUIET = 150;

/** The peers of this machine, each with its list of commits or files under the keys. */
export async function peersOnPty(world: World, { dir, repos }: Fixture): Promise<Record<string, ScreenPeer>> {
  const clean = repos.find(({ state }) => state === 'clean');
  const found: Record<string, ScreenPeer> = {};
  for (const program of PROGRAMS.filter(isInPath)) {
    const opened = openStopwatch(world, { argv: [program], ...SIZE, cwd: clean?.dir ?? dir });
    await opened.until((text) => text.trim() !== '', 0);
    await opened.quiet(REST);
    found[program] = { ...(await pressed(opened)), memory: residentMegabytes(opened.pid) };
    await opened.end();
  }
  return found;
}

async function pressed(opened: Stopwatch): Promise<Pick<ScreenPeer, 'times' | 'bytes'>> {
  const times: number[] = [];
  const bytes: number[] = [];
  for (let press = 0; press < PRESSES; press++) {
    const before = { text: opened.text(), bytes: opened.bytes };
    const start = performance.now();
    opened.send(press % 20 < 10 ? 'j' : 'k');
    times.push(await opened.until((text) => text !== before.text, start));
    await opened.quiet(QUIET);
    bytes.push(opened.bytes - before.bytes);
  }
  return { times, bytes };
}
