import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Actor } from '#engines/core/actor.ts';
import type { Caller } from '#engines/core/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { Report } from '#engines/core/report.ts';
import { startChild } from '#engines/daemon/child.ts';
import type { DaemonHost } from '#engines/daemon/client.ts';
import { type DaemonFiles, daemonFiles } from '#engines/daemon/files.ts';
import { request } from '#engines/daemon/greet.ts';
import { type Reach, reachDaemon } from '#engines/daemon/reach.ts';
import { readStatus } from '#engines/daemon/status.ts';
import type { World } from '../../rig/home.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./fixture/${name}`, import.meta.url));

const PROGRAM = fixture('program.ts');

export const ADA: Actor = {
  kind: 'human',
  name: 'ada',
  surface: 'screen',
  host: 'elsewhere',
  pid: process.pid,
};

export const launch = (...args: string[]) => ({
  command: process.execPath,
  args: [PROGRAM, 'daemon', 'run', ...args],
});

/** The arguments of a node that is a client of its own. */
export const clientArgs = (kind: 'daemon' | 'child', action?: string, input: object = {}) => [
  fixture('client.ts'),
  kind,
  PROGRAM,
  ...(action ? [action, JSON.stringify(input)] : []),
];

export const filesOf = (world: World): DaemonFiles => daemonFiles(pathsFrom(world.env));

export const statusOf = (world: World) => readStatus({}, { paths: pathsFrom(world.env) });

/** A client of the world's daemon, which is started where none runs. */
export async function reach(world: World, given: Partial<Reach> = {}): Promise<DaemonHost> {
  const host = await reachDaemon({
    ...hello(world),
    launch: launch(),
    signal: AbortSignal.timeout(30_000),
    ...given,
  });
  world.defer(() => end(filesOf(world).socket));
  world.defer(() => host.close());
  return host;
}

/** Ends a daemon with its test: nothing is left for the world to look for. */
async function end(socket: string): Promise<void> {
  const stopping = await request(socket, { kind: 'stop', force: true }, 'stopping').catch(() => undefined);
  await stopping?.ended;
}

/** A host of the test's own, as `--no-daemon` has it. */
export async function child(world: World): Promise<DaemonHost> {
  const host = await startChild({ ...hello(world), launch: launch('--stdio') });
  world.defer(() => host.close());
  return host;
}

export function hello(world: World) {
  return {
    version: '1.0.0',
    actor: ADA,
    cwd: world.path('work'),
    env: world.environment(),
    paths: pathsFrom(world.env),
  };
}

/** A caller that keeps what it is told. */
export function caller(world: World, given: Partial<Caller> = {}): Caller & { reports: Report[] } {
  const reports: Report[] = [];
  return {
    actor: ADA,
    cwd: world.path('work'),
    signal: new AbortController().signal,
    report: (report) => void reports.push(report),
    ask: async () => ({ kind: 'needs-input' }),
    ...given,
    reports,
  };
}

export const HERE = hostname();
