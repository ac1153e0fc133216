import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { type Ended, runChild } from '#engines/workspace/child.ts';
import { lingerShow } from './linger.ts';
import { type Manager, ownManager, type Shown } from './manager.ts';

/** The daemon's unit, as it is on disk and as the system's manager knows it. */
export interface Unit extends Shown {
  manager: Manager;
  file: string;
  /** Null where there is no such file. */
  text: string | null;
  /** Why the manager can't be asked, in its own words; null where it answers. */
  unreachable: string | null;
  /** Null where that is no matter of this manager, or can't be known. */
  lingering: boolean | null;
}

const UNKNOWN: Shown = { enabled: false, pid: null, killMode: null };

/** Nothing on systems without a manager that this program knows. */
export async function readUnit(context: Context): Promise<Unit | undefined> {
  const manager = ownManager(process.platform);
  if (!manager) return undefined;
  const file = manager.file(context);
  const text = await textOrNull(file);
  const asked = await run(context, manager.ask());
  const known = { manager, file, text };
  if (asked.exitCode !== 0) return { ...known, ...UNKNOWN, unreachable: said(asked), lingering: null };
  const told = await run(context, manager.show());
  return {
    ...known,
    ...(told.exitCode === 0 ? manager.shown(told.stdout) : UNKNOWN),
    unreachable: null,
    lingering: manager.lingers ? await readLingering(context) : null,
  };
}

export async function readLingering(context: Context): Promise<boolean> {
  const { exitCode, stdout } = await run(context, lingerShow());
  return exitCode === 0 && stdout.trim() === 'yes';
}

/** The manager that a unit is installed for, by its file alone. */
export function installedFor(context: Pick<Context, 'paths' | 'env'>): Manager | undefined {
  const manager = ownManager(process.platform);
  return manager && existsSync(manager.file(context)) ? manager : undefined;
}

export async function textOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

export function run(context: Context, argv: readonly string[]): Promise<Ended> {
  return runChild(context, { argv, cwd: '/', target: 'daemon' });
}

/** Why a program did not do what it was asked. */
export function said({ exitCode, reason, stdout, stderr }: Ended): string {
  const [line = ''] = (stderr.trim() || stdout.trim()).split('\n');
  return reason ?? (line || `exit code ${exitCode}`);
}
