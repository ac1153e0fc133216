import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import type { World } from './home.ts';

export type FakeSystemd = {
  /** What it was asked to change, a command line each. */
  changes(): string[];
  /** The daemon that it runs, or ran last. */
  pid(): number | undefined;
  /** From now on it says this of the unit's KillMode, as a drop-in would have it. */
  overrideKillMode(mode: string): void;
  /** From now on no command reaches it. */
  leave(): void;
};

/**
 * Programs named `systemctl` and `loginctl` that come first in the world's PATH, for machines without a user's manager:
 * they keep what they are told, and start the unit with the environment that is written in it and no other.
 */
export const fakeSystemd = (world: World): FakeSystemd => {
  const dir = world.path('systemd');
  mkdirSync(`${dir}/bin`, { recursive: true });
  const put = (name: string, script: string) => {
    writeFileSync(`${dir}/bin/${name}`, `#!/bin/sh\ndir='${dir}'\n${script}`);
    chmodSync(`${dir}/bin/${name}`, 0o755);
  };
  put('systemctl', SYSTEMCTL);
  put('loginctl', LOGINCTL);
  world.env.PATH = [`${dir}/bin`, world.env.PATH].join(delimiter);
  const read = (name: string) => (existsSync(`${dir}/${name}`) ? readFileSync(`${dir}/${name}`, 'utf8') : '');
  return {
    changes: () => read('changes').split('\n').filter(Boolean),
    pid: () => Number(read('pid')) || undefined,
    overrideKillMode: (mode) => writeFileSync(`${dir}/kill-mode`, mode),
    leave: () => writeFileSync(`${dir}/gone`, ''),
  };
};

const GONE = `
if [ -e "$dir/gone" ]; then
  echo 'Failed to connect to bus: No medium found' >&2
  exit 1
fi
`;

const SYSTEMCTL = `${GONE}
unit=$XDG_CONFIG_HOME/systemd/user/gantry.service
alive() { [ -e "$dir/pid" ] && grep -q '^State:.[^ZX]' "/proc/$(cat "$dir/pid")/status" 2>/dev/null; }
shift
[ "$1" = show ] || echo "systemctl --user $*" >>"$dir/changes"
case $1 in
  show)
    [ "$2" = --property=Version ] && echo Version=252 && exit
    [ -e "$dir/enabled" ] && echo UnitFileState=enabled || echo UnitFileState=disabled
    alive && echo "MainPID=$(cat "$dir/pid")" || echo MainPID=0
    mode=$(sed -n 's/^KillMode=//p' "$unit" 2>/dev/null)
    echo "KillMode=$(cat "$dir/kill-mode" 2>/dev/null || echo "\${mode:-control-group}")" ;;
  enable) [ -e "$unit" ] && touch "$dir/enabled" ;;
  disable) rm -f "$dir/enabled" ;;
  daemon-reload | stop) ;;
  start)
    alive && exit
    env -i HOME="$HOME" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" $(sed -n 's/^Environment=//p' "$unit") \\
      $(sed -n 's/^ExecStart=//p' "$unit") </dev/null >/dev/null 2>&1 &
    echo $! >"$dir/pid" ;;
esac
`;

const LOGINCTL = `${GONE}
case $* in
  show-user*) [ -e "$dir/lingering" ] && echo yes || echo no ;;
  *enable-linger) echo "loginctl $*" >>"$dir/changes"; touch "$dir/lingering" ;;
  *disable-linger) echo "loginctl $*" >>"$dir/changes"; rm -f "$dir/lingering" ;;
esac
`;
