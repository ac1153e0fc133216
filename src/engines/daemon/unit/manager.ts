import type { Context } from '#engines/core/context.ts';
import { launchd } from './launchd.ts';
import { systemd } from './systemd.ts';

export type ManagerId = 'systemd' | 'launchd';

/** What a unit is made of. */
export interface UnitStart {
  /** Absolute path of the launcher. */
  program: string;
  /** The few variables without which it would be another daemon, or find other programs. */
  env: Readonly<Record<string, string>>;
}

/** What the system's manager of a person's services says of the daemon's unit. */
export interface Shown {
  enabled: boolean;
  /** The daemon that it runs. */
  pid: number | null;
  /** What of a unit is ended with it; null where that is no matter of this manager. */
  killMode: string | null;
}

/** What starts a daemon when its user logs in or the machine starts, and again when it crashes. */
export interface Manager {
  readonly id: ManagerId;
  /** It knows a unit as it was when that was enabled. */
  readonly readsWhenEnabled: boolean;
  /** Whether services of somebody who has logged out go on is a matter of its own. */
  readonly lingers: boolean;
  file(context: Pick<Context, 'paths' | 'env'>): string;
  /** Throws `unit-path-unsafe`. */
  text(start: UnitStart): string;
  /** The launcher that a unit starts; nothing where it is not one that `text` made. */
  programIn(text: string): string | undefined;
  /** Fails where there is no manager for this user. */
  ask(): string[];
  /** Tells of the unit, and fails where none is known. */
  show(): string[];
  shown(stdout: string): Shown;
  /** After its file has changed. */
  reload(): string[][];
  enable(file: string): string[];
  disable(): string[];
  start(): string[];
  /** Keeps it from starting again a daemon that had to be killed; none where it can't be kept from that. */
  giveUp(): string[][];
  /** What to do where it can't be reached. */
  reach(env: Context['env']): string[];
}

const MANAGERS: Record<ManagerId, Manager> = { systemd, launchd };

export function managerOf(id: ManagerId): Manager {
  return MANAGERS[id];
}

/** Nothing on systems that have neither. */
export function ownManager(platform: NodeJS.Platform): Manager | undefined {
  if (platform === 'darwin') return launchd;
  return platform === 'linux' ? systemd : undefined;
}
