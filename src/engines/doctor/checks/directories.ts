import { constants, type Stats } from 'node:fs';
import { access, lstat, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { daemonFiles } from '#engines/daemon/files.ts';
import type { Check } from '../types.ts';
import { networkFilesystem } from './network.ts';
import { fine, wrong } from './verdict.ts';

export async function directoryChecks({ paths, env }: Pick<Context, 'paths' | 'env'>): Promise<Check[]> {
  return Promise.all([privacy(dirname(daemonFiles(paths).socket)), place(env.GANTRY_STATE ?? paths.state)]);
}

/** Whoever can write there could answer in the place of the daemon. */
async function privacy(directory: string): Promise<Check> {
  const check = 'runtime directory';
  const found = await statOf(directory);
  if (!found) return fine(check, `${directory} is made when the daemon starts`);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    const detail = `${directory} is not a directory of this user: the daemon does not start`;
    return wrong(check, detail, `sudo rm -r ${quote(directory)}`);
  }
  if ((found.mode & 0o077) === 0) return fine(check, `${directory} is closed to everybody else`);
  return wrong(check, `${directory} is open to others`, `chmod 700 ${quote(directory)}`);
}

/** The database and the logs of processes. */
async function place(directory: string): Promise<Check> {
  const check = 'state directory';
  const existing = await nearestExisting(directory);
  if (!(await stat(existing)).isDirectory())
    return wrong(
      check,
      `${existing} is not a directory`,
      `mv ${quote(existing)} ${quote(`${existing}.old`)}`,
    );
  const isWritable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return wrong(check, `${existing} can't be written`, `chmod u+rwx ${quote(existing)}`);
  const network = networkFilesystem((await statfs(existing)).type);
  if (network === undefined) return fine(check, `${directory} is writable and on a disk of this machine`);
  const detail = `${directory} is on ${network}, where neither locks nor the database can be relied on`;
  return wrong(check, detail, `export GANTRY_STATE=/var/tmp/gantry-${process.getuid?.() ?? 0}`);
}

async function nearestExisting(directory: string): Promise<string> {
  return (await statOf(directory)) ? directory : nearestExisting(dirname(directory));
}

function statOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined);
}
