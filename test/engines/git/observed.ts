import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Repo } from '../../rig/git.ts';

/** Everything about a repository that a person or git can see, and that a snapshot has to bring back. */
export async function observed(repo: Repo) {
  const gitDir = await repo.git('rev-parse', '--absolute-git-dir');
  const [status, entries, flags, refs, stash] = await Promise.all([
    repo.git('status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all', '--ignored'),
    repo.git('ls-files', '-z', '--stage'),
    repo.git('ls-files', '-z', '-v'),
    repo.git('for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads', 'refs/tags', 'refs/stash'),
    repo.git('stash', 'list', '--format=%H'),
  ]);
  return {
    head: readFileSync(join(gitDir, 'HEAD'), 'utf8'),
    status: status.split('\0').toSorted(),
    entries: entries.split('\0'),
    flags: flags.split('\0'),
    refs,
    stash,
    operation: operationIn(gitDir),
    files: walk(repo.dir),
  };
}

export type Observed = Awaited<ReturnType<typeof observed>>;

const OPERATION = /^(MERGE_|AUTO_MERGE|CHERRY_PICK_HEAD|REVERT_HEAD|REBASE_HEAD|BISECT_|rebase-|sequencer)/;

function operationIn(gitDir: string) {
  const names = readdirSync(gitDir).filter((name) => OPERATION.test(name));
  return names.flatMap((name) => {
    const path = join(gitDir, name);
    return lstatSync(path).isDirectory()
      ? Object.entries(walk(path)).map(([file, contents]) => `${name}/${file} ${contents}`)
      : [`${name} ${digest(readFileSync(path))}`];
  });
}

/** Kind, permissions and contents by path; a name's bytes as latin1. Git directories are left out. */
function walk(root: string, below = ''): Record<string, string> {
  const directory = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(below, 'latin1')]);
  const found: Record<string, string> = {};
  for (const name of readdirSync(directory, { encoding: 'latin1' })) {
    if (name === '.git') continue;
    const path = below === '' ? name : `${below}/${name}`;
    const place = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);
    const info = lstatSync(place);
    if (info.isSymbolicLink()) found[path] = `-> ${readlinkSync(place, 'latin1')}`;
    else if (info.isDirectory()) Object.assign(found, { [path]: 'directory' }, walk(root, path));
    else found[path] = `${(info.mode & 0o777).toString(8)} ${digest(readFileSync(place))}`;
  }
  return found;
}

function digest(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
