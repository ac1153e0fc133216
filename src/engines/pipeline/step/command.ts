import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { openSplitter } from '#engines/process/logs/splitter.ts';
import { signalRemains } from '#engines/process/signal.ts';
import type { ProcessIdentity } from '#engines/store/process.ts';

/** Milliseconds between the request to end and the end. */
const GRACE = 5_000;
/** Milliseconds that something killed has to be gone; what nobody buries is waited for no longer. */
const DYING = 1_000;
/** Milliseconds between looks at what is left. */
const LOOK_EVERY = 20;
/** Milliseconds in which the output of a command that has ended is heard out; what it left behind may hold it open. */
const LAST_WORDS = 500;

export interface Job {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Hears each line of either stream as it comes. */
  heard(line: string): void;
}

export interface Ended {
  ok: boolean;
  /** `exit code 3`, `was ended by SIGKILL`. */
  said: string;
}

/** Runs a command to its end, without input. The signal ends it with all that is in its group, and is thrown then. */
export async function runCommand({ argv, cwd, env, signal, heard }: Job): Promise<Ended> {
  signal.throwIfAborted();
  const [program = '', ...args] = argv;
  // A group of its own, which can be ended as one and which Ctrl-C in the terminal does not reach first.
  const child = spawn(program, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outputs = [linesOf(child.stdout, heard), linesOf(child.stderr, heard)];
  const ended = endOf(child, program);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => void endGroup(child).then(() => reject(signal.reason));
  signal.addEventListener('abort', abort, { once: true });
  try {
    const first = await Promise.race([ended, aborted]);
    // Its end came of the signal, and the rest of its group may take longer.
    return signal.aborted ? await aborted : first;
  } finally {
    signal.removeEventListener('abort', abort);
    for (const output of outputs) output.close();
  }
}

async function endOf(child: ChildProcess, program: string): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const closed = new Promise((heard) => child.once('close', heard));
  child.once('error', ({ code, message }: NodeJS.ErrnoException) =>
    resolve({ ok: false, said: code === 'ENOENT' ? `${program} or its directory is not there` : message }),
  );
  child.once('exit', (code, killed) =>
    resolve(
      killed ? { ok: false, said: `was ended by ${killed}` } : { ok: code === 0, said: `exit code ${code}` },
    ),
  );
  const ended = await promise;
  const silence = new AbortController();
  await Promise.race([closed, delay(LAST_WORDS, undefined, silence).catch(() => {})]);
  silence.abort();
  return ended;
}

/** Asks the whole group to end, and kills what has not ended in time. */
async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  const group = `${pid}@`;
  signalRemains(group, 'SIGTERM');
  if (await isGone(group, GRACE)) return;
  signalRemains(group, 'SIGKILL');
  await isGone(group, DYING);
}

async function isGone(group: ProcessIdentity, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += LOOK_EVERY) {
    if (!signalRemains(group, 0)) return true;
    await delay(LOOK_EVERY);
  }
  return false;
}

function linesOf(stream: NodeJS.ReadableStream & { destroy(): unknown }, heard: (line: string) => void) {
  const splitter = openSplitter();
  const tell = (pieces: readonly { text: string }[]) => {
    for (const { text } of pieces) heard(text);
  };
  stream.on('data', (bytes: Buffer) => tell(splitter.push(bytes, 0)));
  return {
    close() {
      stream.destroy();
      tell(splitter.rest());
    },
  };
}
