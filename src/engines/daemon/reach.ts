import type { Paths } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { buildOf } from './build.ts';
import { connectHost, type DaemonHost, type Hello } from './client.ts';
import { isAbsent } from './connect.ts';
import { daemonFiles, ensureDirectories } from './files.ts';
import { request } from './greet.ts';
import type { Launch } from './program.ts';
import { startDaemon } from './start.ts';
import { type Edition, isOlder, replaces } from './version.ts';

export interface Reach extends Hello {
  paths: Paths;
  signal: AbortSignal;
  /** How to start a daemon where none runs. */
  launch: Launch;
  /** That of this program, where it is not the one that its launcher starts. */
  build?: string;
  /** Called while one is being started. */
  onStart?(): void;
}

/**
 * The daemon of this user on this machine, started where none runs. An older one, and one of another build of the same
 * version, is asked to hand over and finishes what it has; a newer one serves this client as long as it speaks its protocol.
 */
export async function reachDaemon(reach: Reach): Promise<DaemonHost> {
  const files = daemonFiles(reach.paths);
  ensureDirectories(files);
  const own: Edition = { version: reach.version, build: reach.build ?? buildOf(reach.env) };
  let replaced = false;

  /** Nothing where no daemon listens, or the one that did was asked to make room. */
  async function connect(): Promise<DaemonHost | undefined> {
    try {
      const host = await connectHost(files.socket, reach);
      // What is started here may itself be older than this client, when an upgrade was taken back: it has to do.
      if (replaced || !replaces(own, host)) return host;
      await host.close();
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined;
      if (replaced || !isOlderProtocol(thrown, reach.version)) throw thrown;
    }
    replaced = true;
    return handOver(files.socket, own);
  }

  return (await connect()) ?? startDaemon(files, reach, connect);
}

/** Asks the daemon that listens to make room; it may have been another one, or gone, by the time it is asked. */
async function handOver(socket: string, own: Edition): Promise<undefined> {
  try {
    const { close } = await request(socket, { kind: 'handover', ...own }, 'retired');
    close();
  } catch (thrown) {
    if (!isAbsent(thrown) && codeOf(thrown) !== 'handover-refused') throw thrown;
  }
}

function isOlderProtocol(thrown: unknown, version: string): boolean {
  if (codeOf(thrown) !== 'protocol-unsupported') return false;
  const theirs = failureOf(thrown).details?.version;
  return typeof theirs === 'string' && isOlder(theirs, version);
}

function codeOf(thrown: unknown): string {
  return failureOf(thrown).code;
}
