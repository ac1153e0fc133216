import { join } from 'node:path';
import { daemonError } from '../errors.ts';
import type { Manager, Shown } from './manager.ts';

const UNIT = 'gantry.service';

const USER = ['systemctl', '--user'];

/** The properties that the state of the unit is read from. */
const PROPERTIES = ['UnitFileState', 'MainPID', 'KillMode'];

/** systemd, and its manager of one user's services. */
export const systemd: Manager = {
  id: 'systemd',
  readsWhenEnabled: false,
  lingers: true,
  file: ({ paths, env: { XDG_CONFIG_HOME: config } }) => {
    const base = config?.startsWith('/') ? config : join(paths.home, '.config');
    return join(base, 'systemd', 'user', UNIT);
  },
  // What the daemon keeps outlives it, so that only its own process is ended, and none of theirs that runs out of memory
  // ends the others.
  text: ({ program, env }) => `[Unit]
Description=Gantry: keeps workers, services and schedules

[Service]
Type=exec
ExecStart=${word(executable(program))} daemon run
${Object.entries(env)
  .map(([name, value]) => `Environment=${word(`${name}=${value}`)}\n`)
  .join('')}KillMode=process
OOMPolicy=continue
Restart=on-failure
RestartSec=1

[Install]
WantedBy=default.target
`,
  programIn: (text) => {
    const [, written] = /^ExecStart=(.+) daemon run$/m.exec(text) ?? [];
    return written?.replace(/^"(.*)"$/, '$1').replaceAll('%%', '%');
  },
  ask: () => [...USER, 'show', '--property=Version'],
  show: () => [...USER, 'show', UNIT, ...PROPERTIES.map((name) => `--property=${name}`)],
  shown,
  reload: () => [[...USER, 'daemon-reload']],
  enable: () => [...USER, 'enable', UNIT],
  disable: () => [...USER, 'disable', UNIT],
  start: () => [...USER, 'start', UNIT],
  giveUp: () => [[...USER, 'stop', UNIT]],
  reach: ({ XDG_RUNTIME_DIR: runtime }) =>
    runtime === undefined
      ? [`export XDG_RUNTIME_DIR=/run/user/${process.getuid?.() ?? 0}`, 'gantry daemon start']
      : ['systemctl --user status', 'gantry daemon start'],
};

function shown(stdout: string): Shown {
  const properties = new Map(stdout.split('\n').map((line) => line.split('=', 2) as [string, string]));
  const pid = Number(properties.get('MainPID') ?? 0);
  return {
    enabled: properties.get('UnitFileState') === 'enabled',
    pid: pid > 0 ? pid : null,
    killMode: properties.get('KillMode') ?? null,
  };
}

/** systemd takes no program whose path has a quote or a backslash, however that is written. */
function executable(program: string): string {
  if (!/["'\\]/.test(program)) return program;
  throw unsafe(program, 'a quote or a backslash');
}

/** One word of a unit file: quoted where it has to be, with nothing in it that systemd would replace. */
function word(text: string): string {
  if (/[\u0000-\u001f\u007f]/.test(text)) throw unsafe(text, 'a control character');
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
  return /^[\w%@+=:,./-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

function unsafe(text: string, what: string) {
  return daemonError('unit-path-unsafe', `${JSON.stringify(text)} has ${what} in it.`, {
    next: ['gantry daemon start'],
  });
}
