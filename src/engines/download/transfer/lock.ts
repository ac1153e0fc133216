import { setTimeout as delay } from 'node:timers/promises';
import { type Lock, tryLock } from '#engines/daemon/lock.ts';

/** Milliseconds between looks whether another process has ended. */
const LOOK_EVERY = 1_000;

interface Wait {
  signal: AbortSignal;
  waits(words: string): void;
}

/** The right to write the parts of one file, of which nobody else has it at the same time. */
export async function takePlace(file: string, { signal, waits }: Wait): Promise<Lock> {
  for (;;) {
    const lock = tryLock(file);
    if (lock) return lock;
    waits('another process downloads the same file');
    await delay(LOOK_EVERY, undefined, { signal });
  }
}
