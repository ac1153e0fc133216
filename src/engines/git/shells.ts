import { availableParallelism } from 'node:os';
import { resource } from '#engines/core/resource.ts';
import { gitEnvironment } from './environment.ts';
import { type Assignment, openShell, type Shell, type ShellJob, type ShellOutput } from './shell.ts';
import { TERMINATED } from './shell-script.ts';

/**
 * Many short gits that only read, as fast as `xargs` runs them: a few long-lived shells instead of a Node child each.
 * A failed one comes back with its exit code alone: whoever wants to know why runs it again with `git`.
 */
export interface Shells {
  run(job: ShellJob): Promise<ShellOutput>;
  close(): void;
}

/** The most assignments that a shell holds in one batch; two batches are under way, so that it never waits. */
const LONGEST_BATCH = 32;

/** How often budgets are looked after while gits run, in milliseconds. */
const LOOK_EVERY = 50;

export const gitShells = resource<Shells>({
  id: 'git.shells',
  open: ({ env, concurrency: width = availableParallelism() }) =>
    openShells({ width, env: gitEnvironment(env), directory: env.TMPDIR ?? '/tmp' }),
  close: (shells) => shells.close(),
});

export function openShells({
  width,
  env,
  directory,
}: {
  width: number;
  env: Record<string, string>;
  directory: string;
}): Shells {
  const shells = new Set<Shell>();
  const queue: Assignment[] = [];
  let watch: NodeJS.Timeout | undefined;
  let dispatching = false;
  let closed = false;

  async function run(job: ShellJob): Promise<ShellOutput> {
    if (closed || !isSendable(job)) return { exitCode: 128, stdout: '', overBudget: false };
    const { signal } = job;
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<ShellOutput>();
    const assignment: Assignment = { ...job, attempts: 0, settle: resolve };
    const abort = () => {
      const waits = queue.indexOf(assignment);
      if (waits === -1) assignment.budget = 0;
      else queue.splice(waits, 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    queue.push(assignment);
    dispatchSoon();
    return promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  /** After everything that is asked for in the same turn is in the queue, so that batches can be sized. */
  function dispatchSoon(): void {
    if (dispatching) return;
    dispatching = true;
    queueMicrotask(dispatch);
  }

  function dispatch(): void {
    dispatching = false;
    for (let one = 0; one < width && queue.length > 0; one += 1) {
      const shell = [...shells][one] ?? openOne();
      if (shell.pending.length === 0) {
        shell.send(nextBatch());
        if (queue.length > width) shell.send(nextBatch());
      }
    }
    watch ??= setInterval(look, LOOK_EVERY);
  }

  function openOne(): Shell {
    const shell: Shell = openShell({
      env,
      directory,
      onBatch: () => {
        if (queue.length > 0) shell.send(nextBatch());
        restIfDone();
      },
      onGone: (left) => {
        shells.delete(shell);
        retry(left);
      },
    });
    shells.add(shell);
    return shell;
  }

  /** Long batches at first, short ones towards the end, so that all shells finish together. */
  function nextBatch(): Assignment[] {
    return queue.splice(0, Math.min(LONGEST_BATCH, Math.ceil(queue.length / (width * 4))));
  }

  /** What a dead shell left undone; an assignment that was its shell's last more than once is given up. */
  function retry(left: Assignment[]): void {
    const [suspect, ...innocent] = left;
    if (suspect && suspect.attempts < 1) innocent.unshift({ ...suspect, attempts: suspect.attempts + 1 });
    else suspect?.settle({ exitCode: TERMINATED, stdout: '', overBudget: false });
    // Whoever asked is gone too: a closed pool starts nothing again.
    if (closed) return;
    queue.unshift(...innocent);
    if (queue.length > 0) dispatchSoon();
  }

  function look(): void {
    const now = performance.now();
    for (const shell of [...shells]) shell.look(now);
    restIfDone();
  }

  function restIfDone(): void {
    if (queue.length > 0 || [...shells].some((shell) => shell.pending.length > 0)) return;
    clearInterval(watch);
    watch = undefined;
  }

  function close(): void {
    closed = true;
    queue.length = 0;
    clearInterval(watch);
    for (const shell of shells) shell.end();
  }

  return { run, close };
}

/** A NUL can be in no path; words of ours have neither separator nor newline. */
function isSendable({ path, args }: ShellJob): boolean {
  return !path.includes('\0') && args.every((word) => !/[\x1f\n\0]/.test(word));
}
