import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { identify, isAlive } from '#engines/store/process.ts';
import { isAbsent } from './connect.ts';
import { daemonInstance } from './facts.ts';
import { daemonFiles } from './files.ts';
import { request } from './greet.ts';
import { NONE } from './instance.ts';
import { goOnWords } from './operations.ts';
import { isSilent } from './status.ts';
import { type ManagerId, managerOf } from './unit/manager.ts';
import { run } from './unit/read.ts';

type Stop = Application<{ instance: string | null; force: boolean; goOn?: number; through?: ManagerId }>;

/** Milliseconds between looks at a process that ends, and altogether. */
const LOOK_EVERY = 10;
const LONGEST_END = 5_000;

export async function applyStop({ args }: Stop, context: Context): Promise<Applied> {
  try {
    return await stop(args, context);
  } catch (thrown) {
    if (isAbsent(thrown)) return stopped(args);
    if (args.instance === null || !args.force || !isSilent(thrown)) throw thrown;
    return await end(args.instance, args, context);
  }
}

/** Whichever served may have been followed by another, which nobody wanted stopped then. */
export async function checkStop({ args }: Stop): Promise<Applied | 'unknown' | undefined> {
  if (args.instance === null) return 'unknown';
  return isAlive(args.instance) ? undefined : stopped(args);
}

async function stop(args: Stop['args'], { paths, signal, report }: Context): Promise<Applied> {
  const { reply, ended, close } = await request(
    daemonFiles(paths).socket,
    { kind: 'stop', force: args.force },
    'stopping',
  );
  // Asked from within, it can't end before this very action has.
  if (reply.pid === process.pid) {
    close();
    return stopped(args, 'stops once what runs in it has ended');
  }
  const instance = args.instance ?? identify(reply.pid);
  if (reply.running > 0) report({ kind: 'progress', label: 'waiting for what runs in the daemon' });
  signal.addEventListener('abort', close, { once: true });
  await ended;
  signal.removeEventListener('abort', close);
  signal.throwIfAborted();
  if (instance !== undefined) await gone(instance, signal);
  return stopped(args);
}

/** Its connections end a moment before the process does. */
async function gone(instance: string, signal: AbortSignal): Promise<void> {
  for (let waited = 0; isAlive(instance) && waited < LONGEST_END; waited += LOOK_EVERY) {
    await delay(LOOK_EVERY, undefined, { signal });
  }
}

/** A process that hangs has its work journalled and reads no other signal; to its manager that is a crash. */
async function end(instance: string, args: Stop['args'], context: Context): Promise<Applied> {
  if (isAlive(instance)) process.kill(Number(instance.split('@')[0]), 'SIGKILL');
  const commands = args.through ? managerOf(args.through).giveUp() : [];
  for (const argv of commands) await run(context, argv);
  return stopped(args, 'killed: it did not answer');
}

/** Undoing what stopped whichever served needs a daemon, so that none may be relied on to be there. */
function stopped({ instance, goOn }: Stop['args'], how = 'stopped'): Applied {
  const leaves = instance === null ? [] : [expect(daemonInstance, {}, NONE)];
  return { summary: `${how}${goOnWords(goOn)}`, leaves };
}
