import { readFileSync } from 'node:fs';
import type { World } from '../../test/rig/home.ts';
import type { Command } from '../command.ts';

/** One program that keeps processes, with so many sleeping ones; each command as a person types it. */
export interface Supervisor {
  name: string;
  start: Command;
  list: Command;
  restart: Command;
  remove: Command;
  /** Pid of the first process. */
  pid(): number | undefined;
  daemon(): number;
  end(): void;
}

/** The process of a world with a variable. */
export function pidWith(world: World, variable: string): number | undefined {
  return world.processes().find(({ pid, argv }) => {
    if (!argv[0]?.endsWith('sleep')) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
    } catch {
      return false;
    }
  })?.pid;
}
