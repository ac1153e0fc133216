import { readdirSync, readFileSync } from 'node:fs';
import type { World } from '../../test/rig/home.ts';
import type { Command } from '../command.ts';

/** One program that keeps processes, with so many sleeping ones; each command as a person types it. */
export interface Supervisor {
  name: string;
  start: Command;
  list: Command;
  restart: Command;
  remove: Command;
  /** Pid of the first process, unless it is one of these. */
  pid(except?: ReadonlySet<number>): number | undefined;
  daemon(): number;
  end(): void;
}

/** The sleeping process of a world with a variable. Looking takes a fraction of a millisecond where few are left to look at. */
export function pidWith(
  world: World,
  variable: string,
  except: ReadonlySet<number> = new Set(),
): number | undefined {
  return pids().find((pid) => {
    if (except.has(pid)) return false;
    try {
      const [program] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return (
        program?.endsWith('sleep') &&
        environment.includes(`${world.dir}/`) &&
        environment.split('\0').includes(variable)
      );
    } catch {
      return false;
    }
  });
}

export function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
