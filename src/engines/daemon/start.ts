import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { daemonError } from './errors.ts';
import type { DaemonFiles } from './files.ts';
import { type Lock, tryLock } from './lock.ts';
import type { Launch } from './program.ts';
import { watchDirectory } from './watch.ts';

interface Start {
  launch: Launch;
  env: Context['env'];
  signal: AbortSignal;
  onStart?(): void;
}

interface Starting {
  state: 'running' | 'ended' | 'failed';
  /** Resolves when the state changes. */
  over: Promise<void>;
  lock: Lock;
}

/** Milliseconds that a daemon may take until it listens. */
const DEADLINE = 20_000;
/** Milliseconds until a look that no change in the directory asked for. */
const LOOK_AGAIN = 500;

/**
 * Starts a daemon and waits until `connect` reaches it. However many clients do this at once, one of them starts it
 * and the others wait; should that one die, another takes its place.
 */
export async function startDaemon<T>(
  files: DaemonFiles,
  start: Start,
  connect: () => Promise<T | undefined>,
): Promise<T> {
  using changes = watchDirectory(dirname(files.socket));
  const deadline = AbortSignal.timeout(DEADLINE);
  let starting: Starting | undefined;
  try {
    for (;;) {
      const reached = await connect();
      if (reached !== undefined) return reached;
      start.signal.throwIfAborted();
      if (deadline.aborted || starting?.state === 'failed') throw startFailed(files);
      const isInVain = starting?.state === 'ended' && !start.launch.delegates;
      starting = starting && isInVain ? released(starting) : (starting ?? tryStart(files, start));
      start.onStart?.();
      const or = starting?.state === 'running' ? starting.over : undefined;
      await changes.next({ within: LOOK_AGAIN, signal: start.signal, or });
    }
  } finally {
    if (starting) released(starting);
  }
}

/** Nothing where another client is at it. */
function tryStart(files: DaemonFiles, { launch, env }: Start): Starting | undefined {
  const lock = tryLock(files.startLock);
  if (!lock) return undefined;
  const output = openSync(files.stderr, 'a', 0o600);
  const child = spawn(launch.command, launch.args, {
    cwd: '/',
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  const over = Promise.withResolvers<void>();
  const starting: Starting = { state: 'running', over: over.promise, lock };
  const settle = (state: Starting['state']) => {
    starting.state = state;
    over.resolve();
  };
  child.once('error', () => settle('failed'));
  // A daemon that finds another one serving ends well.
  child.once('exit', (code) => settle(code === 0 ? 'ended' : 'failed'));
  return starting;
}

function released({ lock }: Starting): undefined {
  lock.release();
}

export function startFailed({ stderr, log }: DaemonFiles): GantryError {
  const said = lastLine(stderr) ?? lastLine(log);
  return daemonError('daemon-start-failed', `The daemon did not start${said ? `: ${said}` : '.'}`, {
    next: ['gantry daemon logs', 'gantry --no-daemon'],
    details: { log },
  });
}

function lastLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) || undefined;
  } catch {
    return undefined;
  }
}
