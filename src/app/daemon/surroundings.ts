import type { Context, Paths } from '#engines/core/context.ts';
import type { Host } from '#engines/core/host.ts';
import type { World } from '#engines/core/resource.ts';
import type { Launch } from '#engines/daemon/program.ts';
import { openAskpass } from './askpass/askpass.ts';
import type { Log } from './log.ts';
import { openResident, type Resident } from './resident.ts';
import { type DaemonSettings, readDaemonSettings } from './settings.ts';

/** What a resident host is started with. */
export interface Surroundings {
  env: Context['env'];
  paths: Paths;
  version: string;
  /** Opens the host that is served. */
  openHost(world: World): Host;
  /** Stand in for the user's. */
  settings?: Partial<DaemonSettings>;
}

/** Opens the host and all that it has whoever it serves; `withdraw` takes away what new clients come through. */
export async function settle(
  { env, paths, version, openHost, settings: given }: Surroundings,
  log: Log,
  withdraw: () => void,
): Promise<Resident> {
  const askpass = await openAskpass({ paths, launch: helperLaunch(), log: log.write });
  const host = openHost({ env, paths, now: Date.now });
  const resident = openResident({ host, askpass, version, now: Date.now, log: log.write, withdraw });
  // Nobody who connects has to wait for this.
  void readDaemonSettings(host).then((settings) => {
    const { idle, level } = { ...settings, ...given };
    log.limitTo(level);
    resident.endAfter(idle);
  });
  return resident;
}

/** The helper of git and ssh is this very program, whatever was installed since it started. */
function helperLaunch(): Launch {
  const [node, entry = ''] = process.argv as [string, ...string[]];
  return { command: node, args: [...process.execArgv, entry, 'daemon', 'run', '--askpass'] };
}
