import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { onSmallDisk } from '../small-disk.ts';
import { expectOneError } from '../told.ts';

type Full = {
  path: string;
  command: string;
  /** Runs while there is still room. */
  before?: string;
};

/** What a directory has goes to a disk that is then filled to the last byte; what is left there is brought back. */
const whenFull = (command: string, before: string) =>
  [
    'cp -a "$2/." "$1"',
    before,
    'while head -c 1024 /dev/urandom >>"$1/filler" 2>/dev/null; do :; done',
    'while printf x >>"$1/filler" 2>/dev/null; do :; done',
    `cd "$3" && ${command}; code=$?`,
    '[ -z "$follower" ] || kill $follower',
    'rm "$1/filler"; rm -rf "$2"; cp -a "$1" "$2"',
    'exit $code',
  ].join('\n');

const onFullDisk = async (world: World, { path, command, before = '' }: Full) => {
  await world.run('cp', ['-a', path, world.path('kept')]);
  const script = whenFull(command, before);
  const args = [script, world.path('kept'), world.path('work')] as [string, ...string[]];
  return onSmallDisk(world, { path, kilobytes: 512 }, args);
};

const filesIn = async (world: World) =>
  (await world.run('find', ['.', '-type', 'f'], { cwd: world.path('kept') })).stdout.split('\n').sort();

/** Follows what is done here until the script ends, and goes on once it has said the first of it. */
const OPEN = [
  'mkfifo said; gantry activity follow --all --tail 1 --json >said & follower=$!',
  'exec 9<said; read -r first <&9',
].join('\n');

const NOBODY = 'this machine lets nobody mount a disk';

describe('a disk without a byte left', () => {
  test('under the manifest is one error, and the manifest is as it was', async ({ world, skip }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const path = world.path('work', '.gantry');
    const before = await readFile(`${path}/workspace.toml`, 'utf8');
    const finished = await onFullDisk(world, { path, command: 'gantry workspace remove api' });
    skip(finished.code === 77, NOBODY);

    expect(finished).toMatchObject({ code: 4, stderr: expect.stringContaining('df -h') });
    expectOneError(finished);
    expect(await readFile(world.path('kept', 'workspace.toml'), 'utf8')).toBe(before);
    expect(await filesIn(world)).toEqual(['', './workspace.toml']);
  });

  test('under the settings is one error, and the settings are as they were', async ({ world, skip }) => {
    await world.gantry(['config', 'set', 'undo.keepDays', '7']);
    const path = dirname(world.path('home', '.config', 'gantry', 'config.json'));
    const before = await readFile(`${path}/config.json`, 'utf8');
    const finished = await onFullDisk(world, { path, command: 'gantry config set undo.keepDays 9' });
    skip(finished.code === 77, NOBODY);

    expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining('df -h') });
    expectOneError(finished);
    expect(await readFile(world.path('kept', 'config.json'), 'utf8')).toBe(before);
    expect(await filesIn(world)).toEqual(['', './config.json']);
  });

  test.for([
    ['under the database is one error, and what it had is still there', ''],
    // Whoever has the database open keeps it usable for others: the error comes later, with the first write.
    ['under a database that somebody has open is one error as well', OPEN],
  ])('%s', async ([, before], { world, skip }) => {
    await world.gantry(['config', 'set', 'undo.keepDays', '7']);
    const path = world.path('home', '.local', 'state', 'gantry');
    const finished = await onFullDisk(world, { path, before, command: 'gantry config set undo.keepDays 9' });
    skip(finished.code === 77, NOBODY);

    expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining('df -h') });
    expectOneError(finished);
    const env = { GANTRY_STATE: world.path('kept') };
    const list = await world.gantry(['activity', 'list', '--all', '--json'], { env });
    expect(list.json<{ data: unknown }>()).toMatchObject({
      data: { activities: [{ action: 'config.set', status: 'done', input: { value: '7' } }] },
    });
    expect((await world.gantry(['config', 'get', 'undo.keepDays'])).stdout).toContain('7');
  });
});
