import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Paths } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { connectHost, type DaemonHost, type Hello } from './client.ts';
import { isAbsent } from './connect.ts';
import { daemonError } from './errors.ts';
import { type DaemonFiles, daemonFiles, ensureDirectories } from './files.ts';
import type { Launch } from './program.ts';
import { startFailed } from './start.ts';

interface Child extends Hello {
  paths: Paths;
  /** Of a host that serves its standard streams: `daemonLaunch(env, '--stdio')`. */
  launch: Launch;
}

/** A host of one's own, over its standard streams; it ends with this process, however that ends. */
export async function startChild({ paths, launch, ...hello }: Child): Promise<DaemonHost> {
  const files = daemonFiles(paths);
  ensureDirectories(files);
  const child = spawnChild(launch, hello, files);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  try {
    const host = await connectHost({ readable: child.stdout, writable: child.stdin }, hello, hostLost);
    return { ...host, close: () => host.close().then(() => ended) };
  } catch (thrown) {
    throw isAbsent(thrown) ? startFailed(files) : thrown;
  }
}

function spawnChild({ command, args }: Launch, { cwd, env }: Hello, { stderr }: DaemonFiles) {
  const output = openSync(stderr, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['pipe', 'pipe', output],
    });
    return child as ChildProcessByStdio<Writable, Readable, null>;
  } finally {
    closeSync(output);
  }
}

function hostLost(): GantryError {
  return daemonError('host-lost', 'The process that runs the actions has ended.', {
    next: ['gantry activity list', 'gantry daemon logs'],
  });
}
