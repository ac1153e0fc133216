import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { DEADLINE } from './until.ts';

export type StartOptions = {
  cwd?: string;
  /** Laid over the world's environment; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
};

export type RunOptions = StartOptions & {
  /** Written to stdin, which is then closed. */
  input?: string;
  /** Milliseconds until the program is killed and the run fails; 60 s unless told. */
  within?: number;
};

export type Finished = {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Stdout as the one JSON document that it must be. */
  json<Data = unknown>(): Document<Data>;
  /** Stdout as NDJSON, an entry a line. */
  ndjson<Entry = unknown>(): Entry[];
};

/** What every action prints with `--json`. */
export type Document<Data> = {
  schemaVersion: number;
  action: string;
  ok: boolean;
  data: Data;
  error: { code: string; message: string; [field: string]: unknown };
  receipt: Record<string, unknown>;
};

export type Running = {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  write(text: string): void;
  /** Closes stdin. */
  end(): void;
  /** Waits until stdout or stderr holds the pattern. */
  waitFor(pattern: RegExp, within?: number): Promise<RegExpExecArray>;
  stop(signal?: NodeJS.Signals): Promise<Finished>;
  readonly exit: Promise<Finished>;
};

const RUN_DEADLINE = 60_000;

/** Runs a program to its end. */
export const run = async (
  file: string,
  args: readonly string[],
  { input = '', within = RUN_DEADLINE, ...options }: RunOptions,
): Promise<Finished> => {
  const running = start(file, args, options);
  running.write(input);
  running.end();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    signalTo(running.pid, 'SIGKILL');
  }, within);
  const finished = await running.exit.finally(() => clearTimeout(timer));
  if (late)
    throw new Error(`${[file, ...args].join(' ')} did not end within ${within} ms.\n${told(finished)}`);
  return finished;
};

/** Starts a program in a session of its own, so that a signal to its group never reaches the tests. */
export const start = (file: string, args: readonly string[], { cwd, env }: StartOptions): Running => {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: 'pipe' });
  const heard = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      heard[stream] += text;
      for (const listener of listeners) listener();
    });
  }
  // A program that ends without reading its input is no failure of the test.
  child.stdin.on('error', () => {});

  const exit = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(finished({ code, signal, ...heard })));
  });
  exit.catch(() => {});

  return {
    get pid() {
      if (child.pid === undefined) throw new Error(`${file} did not start.`);
      return child.pid;
    },
    get stdout() {
      return heard.stdout;
    },
    get stderr() {
      return heard.stderr;
    },
    write: (text) => void child.stdin.write(text),
    end: () => void child.stdin.end(),
    waitFor: (pattern, within = DEADLINE) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          act();
        };
        const fail = (why: string) => settle(() => reject(new Error(`${why} ${pattern}.\n${told(heard)}`)));
        const look = () => {
          const match = pattern.exec(heard.stdout) ?? pattern.exec(heard.stderr);
          if (match) settle(() => resolve(match));
          return match;
        };
        const timer = setTimeout(() => fail(`Waited ${within} ms for`), within);
        if (look()) return;
        listeners.add(look);
        exit.then(() => look() ?? fail(`${file} ended before it wrote`), reject);
      }),
    stop: (signal = 'SIGTERM') => {
      if (child.pid !== undefined) signalTo(child.pid, signal);
      return exit;
    },
    exit,
  };
};

const finished = (end: Pick<Finished, 'code' | 'signal' | 'stdout' | 'stderr'>): Finished => ({
  ...end,
  json: () => parsed(end.stdout, end),
  ndjson: () =>
    end.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => parsed(line, end)),
});

const parsed = (text: string, end: { stdout: string; stderr: string }) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Expected JSON on stdout.\n${told(end)}`);
  }
};

const told = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  `stdout: ${stripVTControlCharacters(stdout).trimEnd() || '(nothing)'}\nstderr: ${stripVTControlCharacters(stderr).trimEnd() || '(nothing)'}`;

/** Whether a process runs. One that has ended and that nobody has collected does not. */
export const isAlive = (pid: number): boolean => {
  const status = read(`/proc/${pid}/stat`);
  const state = status.slice(status.lastIndexOf(')') + 2)[0];
  return state === 'Z' ? false : signalTo(pid, 0);
};

/** Sends a signal; false when there is no such process. */
export const signalTo = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
};

export type LivingProcess = { pid: number; argv: string[] };

/**
 * The processes whose environment names the directory, whoever started them: nothing that begins in a world can hide
 * from it by leaving its parent. Linux only; elsewhere the list is empty.
 */
export const processesNaming = (directory: string): LivingProcess[] => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => read(`/proc/${entry}/environ`).includes(`${directory}/`))
    .map((entry) => ({ pid: Number(entry), argv: read(`/proc/${entry}/cmdline`).split('\0').slice(0, -1) }));
};

// A process may end between being listed and being read, and other users' processes are not ours to read.
const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
