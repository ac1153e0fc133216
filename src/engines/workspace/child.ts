import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Context } from '#engines/core/context.ts';

/** How much of each stream is kept, in characters: the end, where programs say what went wrong. */
const KEPT = 65_536;
/** Milliseconds between the request to end and the end. */
const GRACE = 5_000;

export interface Ended {
  /** Null where a signal ended it, or where it never started. */
  exitCode: number | null;
  started: boolean;
  /** Why there is no exit code. */
  reason: string | null;
  stdout: string;
  stderr: string;
  truncated: boolean;
}

interface Job {
  argv: readonly string[];
  cwd: string;
  target: string;
  /** More variables than those of the context. */
  env?: Readonly<Record<string, string>>;
  /** Hears what it writes, as it comes. */
  heard?(text: string): void;
}

/** Runs a program to its end, without input and without a shell; cancelling ends it and what it started. */
export async function runChild(context: Context, { argv, cwd, target, env, heard }: Job): Promise<Ended> {
  context.signal.throwIfAborted();
  context.report({ kind: 'command', target, argv: [...argv], cwd });
  context.report({ kind: 'progress', target, label: argv.join(' ') });
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    cwd,
    env: { ...context.env, ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which can be ended as one and which Ctrl-C in the terminal does not reach first.
    detached: true,
  });
  const stdout = tailOf(child.stdout);
  const stderr = tailOf(child.stderr);
  if (heard) for (const stream of [child.stdout, child.stderr]) stream.on('data', heard);
  const end = () => endGroup(child);
  context.signal.addEventListener('abort', end, { once: true });
  try {
    const { started, exitCode, reason } = await endOf(child, program);
    context.signal.throwIfAborted();
    return {
      started,
      exitCode,
      reason,
      stdout: stdout.text(),
      stderr: stderr.text(),
      truncated: stdout.isCut() || stderr.isCut(),
    };
  } finally {
    context.signal.removeEventListener('abort', end);
  }
}

type End = Pick<Ended, 'started' | 'exitCode' | 'reason'>;

function endOf(child: ChildProcess, program: string): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>();
  child.on('error', (thrown: NodeJS.ErrnoException) => {
    const reason = thrown.code === 'ENOENT' ? `${program} was not found` : `${program}: ${thrown.message}`;
    resolve({ started: child.pid !== undefined, exitCode: null, reason });
  });
  child.on('close', (exitCode, signal) =>
    resolve({ started: true, exitCode, reason: signal && `${program} was ended by ${signal}` }),
  );
  return promise;
}

function tailOf(stream: Readable) {
  let text = '';
  let cut = false;
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length <= KEPT * 2) return;
    text = text.slice(-KEPT);
    cut = true;
  });
  return { text: () => text.slice(-KEPT), isCut: () => cut || text.length > KEPT };
}

function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
