import { accessSync, constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { World } from '../test/rig/home.ts';
import { type Command, outputOf } from './command.ts';
import type { Fixture } from './fixtures/workspace.ts';

/** Another program that tells the status of many repositories. */
interface Peer {
  /** Its command; a peer that is not in PATH is left out. */
  program: string;
  /** Tells it of the repositories. */
  prepare(world: World, fixture: Fixture): Promise<void> | void;
  args(fixture: Fixture): string[];
  answers?: readonly number[];
}

const PEERS: Record<string, Peer> = {
  vcstool: { program: 'vcs', prepare: () => {}, args: ({ dir }) => ['status', '--nested', dir] },
  myrepos: {
    program: 'mr',
    prepare: (world, { repos }) => {
      const sections = repos.map(({ dir }) => `[${dir}]\ncheckout = true\n`);
      return writeFile(world.path('home', '.mrconfig'), sections.join('\n'));
    },
    args: ({ dir }) => ['--directory', dir, '--jobs', '4', 'status'],
  },
  gita: {
    program: 'gita',
    prepare: (world, { repos }) => {
      const argv = ['gita', 'add', ...repos.map(({ dir }) => dir)] as const;
      outputOf({ argv: [...argv], cwd: world.path('work'), env: world.environment() });
    },
    args: () => ['ll'],
  },
};

/** The peers of this machine, ready to tell the status of the repositories of a fixture. */
export async function statusPeers(world: World, fixture: Fixture): Promise<Record<string, Command>> {
  const here = Object.entries(PEERS).filter(([, { program }]) => isInPath(program));
  const commands = here.map(async ([name, { program, prepare, args, answers }]) => {
    await prepare(world, fixture);
    const argv = [program, ...args(fixture)] as [string, ...string[]];
    return [name, { argv, cwd: fixture.dir, env: world.environment(), answers }] as const;
  });
  return Object.fromEntries(await Promise.all(commands));
}

export function isInPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
