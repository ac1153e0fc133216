import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { isAlive } from '#engines/store/process.ts';
import { isAbsent } from './connect.ts';
import { daemonInstance } from './facts.ts';
import { daemonFiles } from './files.ts';
import { request } from './greet.ts';
import { NONE } from './instance.ts';
import { isSilent } from './status.ts';

type Stop = Application<{ instance: string; force: boolean }>;

/** Milliseconds between looks at a process that ends, and altogether. */
const LOOK_EVERY = 10;
const LONGEST_END = 5_000;

const STOPPED: Applied = { summary: 'stopped', leaves: [expect(daemonInstance, {}, NONE)] };

export async function applyStop({ args: { instance, force } }: Stop, context: Context): Promise<Applied> {
  try {
    return await stop(instance, force, context);
  } catch (thrown) {
    if (isAbsent(thrown)) return STOPPED;
    if (!force || !isSilent(thrown)) throw thrown;
    return end(instance);
  }
}

export async function checkStop({ args: { instance } }: Stop): Promise<Applied | undefined> {
  return isAlive(instance) ? undefined : STOPPED;
}

async function stop(instance: string, force: boolean, { paths, signal, report }: Context): Promise<Applied> {
  const { reply, ended, close } = await request(
    daemonFiles(paths).socket,
    { kind: 'stop', force },
    'stopping',
  );
  // Asked from within, it can't end before this very action has.
  if (reply.pid === process.pid) {
    close();
    return { ...STOPPED, summary: 'stops once what runs in it has ended' };
  }
  if (reply.running > 0) report({ kind: 'progress', label: 'waiting for what runs in the daemon' });
  signal.addEventListener('abort', close, { once: true });
  await ended;
  signal.removeEventListener('abort', close);
  signal.throwIfAborted();
  await gone(instance, signal);
  return STOPPED;
}

/** Its connections end a moment before the process does. */
async function gone(instance: string, signal: AbortSignal): Promise<void> {
  for (let waited = 0; isAlive(instance) && waited < LONGEST_END; waited += LOOK_EVERY) {
    await delay(LOOK_EVERY, undefined, { signal });
  }
}

/** A process that hangs has its work journalled and reads no other signal. */
function end(instance: string): Applied {
  if (isAlive(instance)) process.kill(Number(instance.split('@')[0]), 'SIGKILL');
  return { ...STOPPED, summary: 'killed: it did not answer' };
}
