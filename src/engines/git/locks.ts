import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from './errors.ts';

/** The lock file that made a git fail; what a remote says of its own locks does not count. */
export function lockIn(stderr: string, cwd: string): string | undefined {
  const own = stderr.split('\n').filter((line) => !line.startsWith('remote:'));
  for (const line of own) {
    const file = /'([^']+\.lock)': File exists/.exec(line)?.[1];
    if (file) return resolve(cwd, file);
    const config = /could not lock config file (.+): File exists/.exec(line)?.[1];
    if (config) return `${resolve(cwd, config)}.lock`;
  }
  return undefined;
}

/** Pauses before trying again while another git holds a lock: about two seconds in all, in milliseconds. */
export const LOCK_PAUSES = [30, 60, 120, 240, 480, 1000];

/** Does what makes a lock file of git's kind, again for a while where another process has it. */
export async function whileLocked(
  { now, signal }: Pick<Context, 'now' | 'signal'>,
  lock: string,
  work: (lock: string) => Promise<void>,
): Promise<void> {
  for (const pause of [...LOCK_PAUSES, undefined]) {
    try {
      return await work(lock);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
      if (pause === undefined) throw await lockedError(lock, now());
      await delay(pause, undefined, { signal });
    }
  }
}

/** Waits for whoever holds a lock of git's kind; one that nobody gives up is left to the git that comes to it. */
export async function waitForLock({ signal }: Pick<Context, 'signal'>, lock: string): Promise<void> {
  for (const pause of LOCK_PAUSES) {
    if (!existsSync(lock)) return;
    await delay(pause, undefined, { signal });
  }
}

/** Names the lock, its age and, where /proc shows it, who holds it. Removing it stays the person's own decision. */
export async function lockedError(lock: string, now: number): Promise<GantryError> {
  const [info, holder] = await Promise.all([stat(lock).catch(() => undefined), holderOf(lock)]);
  const age = info && Math.max(0, Math.round((now - info.mtimeMs) / 1000));
  const held = holder
    ? `, held open by process ${holder.pid} (${holder.command})`
    : ', held open by no visible process';
  return gitError('git-locked', `${lock} is in the way${age === undefined ? '' : `: ${age} s old${held}`}.`, {
    next: holder
      ? [`ps -fp ${holder.pid}`]
      : ['pgrep -af git', `rm -- ${quote(lock)}   (only if no git is running there)`],
    details: { lock, ...(age === undefined ? {} : { age }), ...holder },
  });
}

async function holderOf(file: string): Promise<{ pid: number; command: string } | undefined> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (await holdsOpen(pid, file)) return { pid: Number(pid), command: await commandOf(pid) };
  }
  return undefined;
}

async function holdsOpen(pid: string, file: string): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return links.includes(file);
}

async function commandOf(pid: string): Promise<string> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return words.split('\0').filter(Boolean).join(' ').slice(0, 200);
}
