import { spawnSync } from 'node:child_process';

/** A command line and its surroundings. */
export interface Command {
  argv: readonly [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  /** Exit codes that count as done; 0 unless told. */
  answers?: readonly number[];
}

const LARGEST_OUTPUT = 256 * 1024 * 1024;

/** Milliseconds from starting the process until it is gone; its output goes nowhere. */
export function wallTime({ argv: [file, ...args], answers = [0], ...options }: Command): number {
  const start = performance.now();
  const { status, error } = spawnSync(file, args, { ...options, stdio: 'ignore' });
  const taken = performance.now() - start;
  if (error) throw error;
  if (status === null || !answers.includes(status)) throw new Error(`${file} ended with ${status}.`);
  return taken;
}

/** What the command prints. */
export function outputOf({ argv: [file, ...args], answers = [0], ...options }: Command): string {
  const { status, error, stdout, stderr } = spawnSync(file, args, {
    ...options,
    encoding: 'utf8',
    maxBuffer: LARGEST_OUTPUT,
  });
  if (error) throw error;
  if (status === null || !answers.includes(status))
    throw new Error(`${[file, ...args].join(' ')} ended with ${status}:\n${stderr}`);
  return stdout;
}
