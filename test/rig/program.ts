import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from './home.ts';
import { isAlive, signalTo } from './process.ts';
import { until } from './until.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/gantry', import.meta.url));
const DAEMON_DEADLINE = 5_000;

/**
 * The command under test: the launcher of this tree, or another launcher named by GANTRY_UNDER_TEST, such as that of
 * an installed package.
 */
export const programCommand = (): [string, string] => ['sh', process.env.GANTRY_UNDER_TEST ?? LAUNCHER];

/** Makes `gantry` a command of the world, for what types it into a shell. */
export const putOnPath = async (world: World): Promise<void> => {
  const bin = world.path('bin');
  await mkdir(bin, { recursive: true });
  const [file, launcher] = programCommand();
  await writeFile(join(bin, 'gantry'), `#!/bin/sh\nexec ${file} '${launcher}' "$@"\n`, { mode: 0o755 });
  world.env.PATH = [bin, world.env.PATH].join(delimiter);
};

/** Ends what still lives in a world: its daemon is asked first, and nothing outlives the deadline. */
export const stopDaemon = async (world: World): Promise<void> => {
  if (!mayHaveDaemon(world)) return;
  const daemon = await daemonPid(world);
  const living = () => world.processes().some(({ pid }) => isAlive(pid)) || (daemon && isAlive(daemon));
  if (daemon) {
    await world.gantry(['daemon', 'stop'], { within: DAEMON_DEADLINE }).catch(() => {});
    // What it keeps outlives it, so that only the daemon is waited for.
    await until(() => !isAlive(daemon), { what: 'the daemon to end', within: DAEMON_DEADLINE }).catch(
      () => {},
    );
  }
  for (const { pid } of world.processes()) signalTo(pid, 'SIGKILL');
  if (daemon) signalTo(daemon, 'SIGKILL');
  await until(() => !living(), { what: `the processes of ${world.dir} to end` });
};

const mayHaveDaemon = (world: World) =>
  process.platform === 'linux' ? world.processes().length > 0 : readdirSync(world.path('run')).length > 0;

const daemonPid = async (world: World): Promise<number | undefined> => {
  try {
    const status = await world.gantry(['daemon', 'status', '--json'], { within: DAEMON_DEADLINE });
    return status.json<{ pid?: number } | undefined>().data?.pid;
  } catch {
    return undefined;
  }
};
