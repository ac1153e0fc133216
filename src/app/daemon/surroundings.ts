import type { OwnHost } from '#app/invoke/host.ts';
import type { Context, Paths } from '#engines/core/context.ts';
import type { Host } from '#engines/core/host.ts';
import type { World } from '#engines/core/resource.ts';
import type { Launch } from '#engines/daemon/program.ts';
import { openAskpass } from './askpass/askpass.ts';
import type { Log } from './log.ts';
import { openResident, type Resident } from './resident.ts';
import { type DaemonSettings, readDaemonSettings } from './settings.ts';
import { openSupervision, type Supervision } from './supervision.ts';

/** A host in this very process tells what its actions are like, and can act by itself between the calls that it serves. */
export type ServedHost = Host & Partial<Pick<OwnHost, 'card' | 'contextFor'>>;

/** What a resident host is started with. */
export interface Surroundings {
  env: Context['env'];
  paths: Paths;
  version: string;
  /** Of the program that runs; absent where it runs from its sources. */
  build?: string;
  /** Opens the host that is served. */
  openHost(world: World): ServedHost;
  /** Stand in for the user's. */
  settings?: Partial<DaemonSettings>;
}

interface Settled {
  resident: Resident;
  host: ServedHost;
  supervision: Supervision;
  /** Takes over what the settings say; nobody who connects has to wait for it. */
  refresh(): Promise<void>;
}

interface Role {
  /** It is the daemon, and not the host of one parent. */
  isDaemon: boolean;
  /** Takes away what new clients come through. */
  withdraw(): void;
}

/** Opens the host and all that it has whoever it serves. */
export async function settle(
  { env, paths, version, build, openHost, settings: given }: Surroundings,
  log: Log,
  { isDaemon, withdraw }: Role,
): Promise<Settled> {
  const askpass = await openAskpass({ paths, launch: helperLaunch(), log: log.write });
  const host = openHost({ env, paths, now: Date.now, resident: isDaemon, log: log.write });
  const supervision = openSupervision(host, log.write);
  const { isNeeded } = supervision;
  const told = { version, build, now: Date.now, log: log.write };
  const resident = openResident({ ...told, host, askpass, isNeeded, withdraw });
  const refresh = async () => {
    const { idle, level } = { ...(await readDaemonSettings(host)), ...given };
    log.limitTo(level);
    resident.endAfter(idle);
  };
  return { resident, host, supervision, refresh };
}

/** The helper of git and ssh is this very program, whatever was installed since it started. */
function helperLaunch(): Launch {
  const [node, entry = ''] = process.argv as [string, ...string[]];
  return { command: node, args: [...process.execArgv, entry, 'daemon', 'run', '--askpass'] };
}
