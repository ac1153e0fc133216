import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADER_BYTES, headerBytes } from '../../../../src/engines/process/logs/header.ts';
import { keepLogs } from '../../../../src/engines/process/logs/keep.ts';
import { filesOf, openForWriting } from '../../../../src/engines/process/logs/open.ts';
import { readLog } from '../../../../src/engines/process/logs/read.ts';
import type { Stretch } from '../../../../src/engines/process/logs/stretch.ts';
import type {
  KeepOptions,
  LogKeeper,
  LogLine,
  ReadOptions,
} from '../../../../src/engines/process/logs/types.ts';
import type { World } from '../../../rig/home.ts';

/** Bytes of a numbered line. */
export const LINE = 100;

export const numbered = (number: number) => String(number).padStart(LINE - 1, '.');

/** A log of one file, as processes of some time ago left it. */
export const leave = (dir: string, content: string | Buffer, base = 0) => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, `${String(base).padStart(16, '0')}.log`), content);
};

/** What a keeper of some time ago wrote down. */
export const leaveIndex = (dir: string, stretches: readonly Stretch[], given = 0) => {
  const header = headerBytes({ given, turn: 0, watched: undefined });
  const records = stretches.map(({ from, to, end }) => Buffer.from(new Float64Array([from, to, end]).buffer));
  writeFileSync(join(dir, 'index'), Buffer.concat([header.subarray(0, HEADER_BYTES), ...records]));
};

type Options = Partial<ReadOptions>;

export const reader = (dir: string, options: Options = {}) =>
  readLog(dir, { now: Date.now, signal: new AbortController().signal, ...options });

export const linesOf = (dir: string, options?: Options): Promise<LogLine[]> =>
  Array.fromAsync(reader(dir, options));

export const textsOf = async (dir: string, options?: Options): Promise<string[]> =>
  (await linesOf(dir, options)).map(({ text }) => text);

export type Writer = {
  readonly pid: number;
  /** Resolves when so many more numbered lines have been written. */
  write(lines: number): Promise<void>;
  kill(): Promise<void>;
};

/** A real process whose output is the log. */
export const startWriter = (world: World, dir: string): Writer => {
  const output = openForWriting(dir);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts')], {
    env: world.env,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  world.defer(() => end(child));
  return {
    pid: child.pid as number,
    write: async (lines) => {
      child.send(lines);
      await once(child, 'message');
    },
    kill: () => end(child),
  };
};

/** Ends a process that the test started, if it is still there. */
export const end = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};

/** Bytes of a log that are on the disk. */
export const allocated = (dir: string) =>
  filesOf(dir).reduce((sum, { file }) => sum + statSync(file).blocks * 512, 0);

export const keeperOf = (world: World, changes: Partial<KeepOptions> = {}): LogKeeper => {
  const keeper = keepLogs({ now: Date.now, env: world.env, ...changes });
  world.defer(() => keeper.close());
  return keeper;
};

/** What a process writes at one go. */
export const write = (dir: string, first: number, count: number) => {
  const output = openForWriting(dir);
  for (let number = first; number < first + count; number += 1)
    appendFileSync(output, `${numbered(number)}\n`);
  closeSync(output);
};
