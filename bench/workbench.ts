import type { World } from '../test/rig/home.ts';
import { outputOf } from './command.ts';
import { gantry } from './gantry.ts';
import { openStopwatch, type Stopwatch } from './stopwatch.ts';

export const SIZE = { cols: 120, rows: 40 };

/** Milliseconds without a byte after which a screen counts as at rest. */
export const REST = 400;

/** Of the pane of repos, which is the first on a line. */
const ROW = /^│.{4,6}repo-\d+ /;
const READ_ROW = /^│.{4,6}repo-\d+ +(?:main|other|at [0-9a-f]{4})/;
const SELECTED = /▌.*?\b(repo-\d+) /;

/** The screen in a workspace, not waited for. */
export function startWorkbench(world: World, cwd: string): Stopwatch {
  const { argv } = gantry(world, []);
  return openStopwatch(world, { argv, ...SIZE, cwd });
}

/** The screen in a workspace of a fixture, at rest with everything in sight read. */
export async function openWorkbench(world: World, cwd: string): Promise<Stopwatch> {
  const opened = startWorkbench(world, cwd);
  await opened.until(isFull, 0);
  await opened.quiet(REST);
  return opened;
}

/** Panes are drawn, whatever is in them. */
export function hasSkeleton(text: string): boolean {
  return text.includes('Repos');
}

/** Rows are there and each of them has been read. */
export function isFull(text: string): boolean {
  const rows = text.split('\n').filter((line) => ROW.test(line));
  return rows.length > 0 && rows.every((line) => READ_ROW.test(line));
}

/** The repo under the selection bar. */
export function selected(text: string): string | undefined {
  return SELECTED.exec(text)?.[1];
}

export async function close(opened: Stopwatch): Promise<void> {
  opened.send('q');
  await opened.exit;
}

/** The daemon of a world, started where it does not run yet. */
export function daemonPid(world: World): number {
  outputOf(gantry(world, ['daemon', 'start']));
  const { data } = JSON.parse(outputOf(gantry(world, ['daemon', 'status', '--json'])));
  return data.pid;
}

export function stopDaemon(world: World): void {
  outputOf(gantry(world, ['daemon', 'stop', '--force']));
}
