import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { World } from '../rig/home.ts';
import { freePort } from '../rig/port.ts';
import type { Finished } from '../rig/process.ts';

const PLACES = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'];

/** The server's program; it has to be called by its whole path. */
export const sshdPath = (): string | undefined => PLACES.find((path) => existsSync(path));

export type Server = {
  /** Runs a command line in a session without a terminal, as `ssh HOST COMMAND` does. */
  ssh(command: string, options?: { terminal?: boolean }): Promise<Finished>;
};

/** A server of this world on a port of the loopback, with keys of its own; its sessions are in the world too. */
export const startSshd = async (world: World, program: string): Promise<Server> => {
  const dir = world.path('sshd');
  await mkdir(dir, { mode: 0o700 });
  for (const key of ['host', 'user']) {
    await world.run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', join(dir, key)]);
  }
  await copyFile(join(dir, 'user.pub'), join(dir, 'authorized_keys'));
  const port = await freePort();
  await writeFile(join(dir, 'config'), configuration(world, dir, port));

  const server = world.start(program, ['-D', '-e', '-f', join(dir, 'config')]);
  await server.waitFor(/Server listening on 127\.0\.0\.1/);
  const { stdout } = await world.run('ssh-keyscan', ['-t', 'ed25519', '-p', `${port}`, '127.0.0.1']);
  await writeFile(join(dir, 'known_hosts'), stdout);

  const options = [
    ...['-F', 'none', '-i', join(dir, 'user'), '-p', `${port}`],
    ...['BatchMode=yes', 'IdentitiesOnly=yes', `UserKnownHostsFile=${join(dir, 'known_hosts')}`].flatMap(
      (one) => ['-o', one],
    ),
  ];
  return {
    ssh: (command, { terminal = false } = {}) =>
      world.run('ssh', [...options, terminal ? '-tt' : '-T', `${userInfo().username}@127.0.0.1`, command]),
  };
};

const configuration = (world: World, dir: string, port: number) => {
  const variables = Object.entries({ ...world.env, SHELL: '/bin/sh' }).filter(([name]) => name !== 'TERM');
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(dir, 'host')}`,
    `AuthorizedKeysFile ${join(dir, 'authorized_keys')}`,
    `PidFile ${join(dir, 'pid')}`,
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    `SetEnv ${variables.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}`,
    '',
  ].join('\n');
};
