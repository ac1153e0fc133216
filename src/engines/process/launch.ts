import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { identify, type ProcessIdentity } from '#engines/store/process.ts';
import type { ProcessSpec } from './spec.ts';
import type { Exit } from './status.ts';

export interface Launched {
  /** Null where nothing was started. */
  identity: ProcessIdentity | null;
  ended: Promise<Exit>;
}

interface Surroundings {
  env: Context['env'];
  /** The descriptor that it writes its output to, by itself and without us. */
  output: number;
}

/** Starts a process as the leader of a session and a group of its own: no terminal and no daemon takes it along. */
export function launch({ argv, cwd, stdin }: ProcessSpec, { env, output }: Surroundings): Launched {
  const [command = '', ...args] = argv;
  const input = openInput(stdin);
  if (typeof input === 'string') return { identity: null, ended: Promise.resolve({ error: input }) };
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: [input ?? 'ignore', output, output],
  });
  if (input !== undefined) closeSync(input);
  const { promise: ended, resolve } = Promise.withResolvers<Exit>();
  child.once('error', (thrown) => resolve({ error: reasonOf(thrown, command, cwd) }));
  child.once('exit', (code, signal) => resolve(signal ? { signal } : { code: code ?? 0 }));
  child.unref();
  return { identity: child.pid === undefined ? null : identityOf(child.pid), ended };
}

/** A descriptor, or why there is none. */
function openInput(file: string | null): number | string | undefined {
  try {
    return file === null ? undefined : openSync(file, 'r');
  } catch (thrown) {
    return `its input ${file} could not be read (${(thrown as NodeJS.ErrnoException).code})`;
  }
}

/** It may be gone before anybody can look; what it has started is still told apart by its group. */
function identityOf(pid: number): ProcessIdentity {
  return identify(pid) ?? `${pid}@gone`;
}

/** Node names the command where it is the directory that is missing. */
function reasonOf({ code, message }: NodeJS.ErrnoException, command: string, cwd: string): string {
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return `its directory ${cwd} is not there`;
  if (code === 'ENOENT') return `${command} was not found`;
  return code === 'EACCES' ? `${command} may not be run` : message;
}
