import { userInfo } from 'node:os';
import { type Key, SETTINGS } from '#engines/config/settings.ts';
import type { SettingRow } from '#engines/config/types.ts';
import type { Host } from '#engines/core/host.ts';
import { ownCaller } from './caller.ts';
import type { Level } from './log.ts';

export interface DaemonSettings {
  /** Milliseconds without clients and work after which the daemon ends; infinite: it stays. */
  idle: number;
  /** How much its log tells. */
  level: Level;
}

/** The settings of the daemon itself, read through the host that it serves; what can't be read is at its default. */
export async function readDaemonSettings(host: Host): Promise<DaemonSettings> {
  const outcome = await host.invoke(
    { action: 'config.show', input: {} },
    ownCaller({ kind: 'script', name: userInfo().username }),
  );
  const { settings } = ((outcome.kind === 'data' && outcome.data) || { settings: [] }) as {
    settings: SettingRow[];
  };
  const value = (key: Key) => settings.find((row) => row.key === key)?.value ?? SETTINGS[key].fallback;
  const minutes = Number(value('daemon.idleMinutes'));
  return {
    idle: minutes === 0 ? Number.POSITIVE_INFINITY : minutes * 60_000,
    level: value('log.level') as Level,
  };
}
