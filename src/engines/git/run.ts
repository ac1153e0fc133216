import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import { BACKGROUND_OPTIONS } from './background.ts';
import { gitEnvironment } from './environment.ts';
import { gitError } from './errors.ts';
import { failedGit } from './failure.ts';
import { LOCK_PAUSES, lockedError, lockIn } from './locks.ts';
import { onProgress } from './progress.ts';
import { gitSlots } from './slots.ts';

/**
 * `background`: a refresh nobody asked for, which takes no lock and runs nothing that the repository configures;
 * `read`: somebody waits for it; `write`: changes the repository, runs to its end; `network`: speaks to a remote.
 */
export type GitMode = 'background' | 'read' | 'write' | 'network';

export interface GitCall {
  /** Absolute. */
  cwd: string;
  /** Without `git` itself. Names and paths from outside stand behind `--end-of-options` or `--`. */
  args: readonly string[];
  mode: GitMode;
  /** Name of the target in the command log and in progress. */
  target?: string;
  input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Absolute path of a file that takes stdout instead: for what may not fit into memory. */
  output?: string;
  /** Milliseconds after which a read is ended. */
  budget?: number;
  /** Exit codes that are answers and no failures; `[0]` unless told. */
  answers?: readonly number[];
  /** `latin1` keeps every byte of names that are not UTF-8. */
  encoding?: 'utf8' | 'latin1';
  /** More environment for this git alone: `GIT_INDEX_FILE`. */
  env?: Record<string, string>;
}

export interface GitOutput {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/**
 * Runs git and returns what it wrote; an exit code that is no answer is thrown as a catalogued error.
 * Cancelling ends a read, asks a fetch to end, and lets a git that writes run to its end.
 */
export async function git(context: Context, call: GitCall): Promise<GitOutput> {
  const { mode, cwd, target } = call;
  const argv = gitArgv(call);
  const pool = context.use(gitSlots)[mode === 'network' ? 'network' : 'local'];
  return pool.run(async () => {
    if (mode === 'write' || mode === 'network') context.report({ kind: 'command', target, argv, cwd });
    return runUnlocked(context, call, argv);
  }, context.signal);
}

/** The whole command as the command log shows it. */
export function gitArgv({ mode, args }: Pick<GitCall, 'mode' | 'args'>): string[] {
  return ['git', ...(mode === 'background' ? BACKGROUND_OPTIONS : []), ...args];
}

async function runUnlocked(context: Context, call: GitCall, argv: string[]): Promise<GitOutput> {
  for (let attempt = 0; ; attempt += 1) {
    const output = await runOnce(context, call, argv);
    if ((call.answers ?? [0]).includes(output.exitCode)) return output;
    if (call.mode !== 'write') context.signal.throwIfAborted();
    const lock = lockIn(output.stderr, call.cwd);
    if (!lock) throw failedGit({ argv, cwd: call.cwd, ...output });
    const pause = LOCK_PAUSES[attempt];
    if (pause === undefined) throw await lockedError(lock, context.now());
    await delay(pause, undefined, { signal: context.signal });
  }
}

async function runOnce(context: Context, call: GitCall, argv: string[]): Promise<GitOutput> {
  const { execa } = await import('execa');
  const apart = call.mode === 'write' || call.mode === 'network';
  const child = execa('git', argv.slice(1), {
    cwd: call.cwd,
    env: gitEnvironment(context.env, call.env),
    extendEnv: false,
    ...inputOf(call.input),
    ...(call.output === undefined ? {} : { stdout: { file: call.output } }),
    encoding: call.encoding ?? 'utf8',
    stripFinalNewline: false,
    maxBuffer: Number.MAX_SAFE_INTEGER,
    reject: false,
    // A session of its own: Ctrl-C in the terminal does not reach a git that writes, and ssh finds no terminal to ask on.
    detached: apart,
    cleanup: !apart,
    forceKillAfterDelay: false,
  });
  if (call.mode === 'network') onProgress(child.stderr, context, call.target);
  const end = ending(call.mode, child);
  const overBudget = call.budget !== undefined && !apart ? AbortSignal.timeout(call.budget) : undefined;
  context.signal.addEventListener('abort', end, { once: true });
  overBudget?.addEventListener('abort', end, { once: true });
  try {
    const result = await child;
    if (result.exitCode !== undefined) {
      return { stdout: result.stdout ?? '', stderr: result.stderr ?? '', exitCode: result.exitCode };
    }
    if (result.code === 'ENOENT') throw notStarted(call.cwd);
    context.signal.throwIfAborted();
    if (overBudget?.aborted) throw slow(argv, call);
    return {
      stdout: result.stdout ?? '',
      stderr: result.stderr || (result.shortMessage ?? ''),
      exitCode: 128,
    };
  } finally {
    context.signal.removeEventListener('abort', end);
    overBudget?.removeEventListener('abort', end);
  }
}

function inputOf(input: GitCall['input']) {
  if (input === undefined) return { stdin: 'ignore' } as const;
  return { input: typeof input === 'string' || input instanceof Uint8Array ? input : Readable.from(input) };
}

/** How a git is asked to end: never with SIGKILL, and one that writes not at all. */
function ending(mode: GitMode, child: { pid?: number; kill(signal: 'SIGTERM'): boolean }): () => void {
  if (mode === 'write') return () => {};
  if (mode !== 'network') return () => child.kill('SIGTERM');
  return () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      child.kill('SIGTERM');
    }
  };
}

function notStarted(cwd: string) {
  if (!existsSync(cwd)) {
    return gitError('directory-missing', `There is no directory ${cwd}.`, {
      next: ['gantry workspace sync'],
    });
  }
  return gitError('git-missing', 'git was not found on this machine.', { next: installing() });
}

function installing(): string[] {
  if (process.platform === 'darwin') return ['xcode-select --install', 'brew install git'];
  return ['sudo apt-get install git', 'sudo dnf install git', 'sudo apk add git'];
}

function slow(argv: string[], { cwd, budget }: GitCall) {
  return gitError('git-over-budget', `${argv.join(' ')} took longer than ${budget} ms in ${cwd}.`, {
    next: [`git -C ${cwd} status`],
  });
}
