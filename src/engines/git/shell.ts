import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { SHELL_SCRIPT, TERMINATED, WORD_SEPARATOR } from './shell-script.ts';

/** One git to run: where, with which arguments, and for how long at the most (milliseconds). */
export interface ShellJob {
  path: string;
  args: readonly string[];
  budget: number;
  /** Ends it, and rejects with the reason. */
  signal?: AbortSignal;
}

export interface ShellOutput {
  exitCode: number;
  stdout: string;
  /** True where the budget ended it; what it had written is not given. */
  overBudget: boolean;
}

export interface Assignment extends ShellJob {
  /** How often it was begun and ended by no fault of its own. */
  attempts: number;
  settle(output: ShellOutput): void;
}

export interface Shell {
  /** Assignments that have been sent and not come back, in their order. */
  readonly pending: readonly Assignment[];
  /** Sends assignments, to be done in this order after those that are pending. */
  send(assignments: Assignment[]): void;
  /** Takes in what has been written since the last time, and ends a git that is over its budget. */
  look(now: number): void;
  /** Ends at once, with what it runs; not waited for, because whoever does this is often about to end too. */
  end(): void;
}

export interface ShellOptions {
  env: Record<string, string>;
  /** Where its output file is made; the file has no name as soon as it is open. */
  directory: string;
  /** It has come back with a batch, or is gone: `left` are the assignments that it did not do. */
  onBatch(): void;
  onGone(left: Assignment[]): void;
}

/** How long a git may take to end once it was told to, in milliseconds, before its shell is given up. */
const GRACE = 1000;

/**
 * A long-lived shell that runs one git after the other. git writes to a file that both share, so that Node wakes once per
 * batch and not once per write: that is what makes a pool as fast as xargs.
 */
export function openShell({ env, directory, onBatch, onGone }: ShellOptions): Shell {
  const mark = unguessable();
  const file = openUnnamed(join(directory, `gantry-${mark}`));
  const child = spawn('/bin/sh', ['-c', SHELL_SCRIPT, 'sh', mark, WORD_SEPARATOR], {
    stdio: ['pipe', file, 'ignore', 'pipe'],
    env,
    cwd: '/',
    detached: true,
  });
  const requests = child.stdin as Writable;
  const signals = child.stdio[3] as Readable;
  const pending: Assignment[] = [];
  let words = '';
  let consumed = 0;
  let gone = false;
  let first: { assignment: Assignment; since: number; told?: number } | undefined;

  // A shell that waits for work must not keep the process alive.
  child.unref();
  idle(true);
  requests.on('error', () => {});
  signals.on('error', () => {});
  signals.on('data', () => {
    takeIn();
    onBatch();
  });
  child.once('error', leave);
  child.once('exit', leave);

  function send(assignments: Assignment[]): void {
    if (pending.length === 0) idle(false);
    let text = '';
    for (const assignment of assignments) {
      const line = `w${assignment.args.join(WORD_SEPARATOR)}\n`;
      if (line !== words) text += line;
      words = line;
      text += `p${assignment.path.split('\n').length}\n${assignment.path}\n`;
      pending.push(assignment);
    }
    requests.write(`${text}f\n`);
  }

  function look(now: number): void {
    if (pending[0] && !gone) takeIn();
    const [assignment] = pending;
    if (!assignment) return;
    if (first?.assignment !== assignment) first = { assignment, since: now };
    if (first.told === undefined && now - first.since >= assignment.budget) {
      first.told = now;
      terminate(child);
    } else if (first.told !== undefined && now - first.told >= GRACE) {
      assignment.settle({ exitCode: TERMINATED, stdout: '', overBudget: true });
      pending.shift();
      requests.end();
      leave();
    }
  }

  /** Settles every assignment whose output is complete. */
  function takeIn(): void {
    const text = readFrom(file, consumed);
    let start = 0;
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, start)) {
      const end = text.indexOf('\n', at);
      if (end === -1) break;
      const exitCode = Number(text.toString('latin1', at + mark.length, end));
      settleFirst(exitCode, text.toString('utf8', start, at));
      start = end + 1;
    }
    consumed += start;
    if (pending.length > 0) return;
    ftruncateSync(file);
    consumed = 0;
    idle(true);
  }

  function settleFirst(exitCode: number, stdout: string): void {
    const assignment = pending.shift();
    if (!assignment) return;
    const overBudget =
      exitCode === TERMINATED && first?.assignment === assignment && first.told !== undefined;
    if (exitCode === TERMINATED && !overBudget && assignment.attempts < 3) {
      // The signal was for the git before it, which had just ended by itself.
      send([{ ...assignment, attempts: assignment.attempts + 1 }]);
      return;
    }
    assignment.settle({ exitCode, stdout: overBudget ? '' : stdout, overBudget });
  }

  function leave(): void {
    if (gone) return;
    gone = true;
    takeIn();
    closeSync(file);
    onGone(pending.splice(0));
  }

  /** Whether Node may end although the shell is open. */
  function idle(yes: boolean): void {
    for (const stream of [requests, signals] as { ref?(): void; unref?(): void }[]) {
      if (yes) stream.unref?.();
      else stream.ref?.();
    }
  }

  function end(): void {
    if (gone) return;
    // The shell first: it would begin the next git as soon as this one is gone.
    child.kill('SIGKILL');
    terminate(child);
  }

  return { pending, send, look, end };
}

/** Ends the git that runs in the shell's process group; the shell itself survives. */
function terminate(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has just gone.
  }
}

/** What git writes can't have it, by accident or by design. From the kernel itself: node:crypto takes 6 ms to load. */
function unguessable(): string {
  const source = openSync('/dev/urandom', 'r');
  try {
    const bytes = Buffer.alloc(16);
    readSync(source, bytes);
    return bytes.toString('hex');
  } finally {
    closeSync(source);
  }
}

function openUnnamed(path: string): number {
  const file = openSync(path, 'ax+', 0o600);
  unlinkSync(path);
  return file;
}

function readFrom(file: number, position: number): Buffer {
  const written = Buffer.allocUnsafe(fstatSync(file).size - position);
  return written.subarray(0, readSync(file, written, 0, written.length, position));
}
