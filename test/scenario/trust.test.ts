import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { createRemote } from '../rig/git.ts';
import type { World } from '../rig/home.ts';
import { screen } from '../rig/screen.ts';
import { test } from '../rig/test.ts';
import { until } from '../rig/until.ts';

/** A workspace that somebody else wrote: nothing is cloned, and its repo brings a command. */
const foreignWorkspace = async (world: World) => {
  const { dir } = await createRemote(world, world.path('remotes', 'api.git'));
  mkdirSync(world.path('work', '.gantry'));
  writeFileSync(
    world.path('work', '.gantry', 'workspace.toml'),
    `[workspace]\nname = "w"\n\n[[repos]]\nname = "api"\nurl = "${dir}"\nsetup_cmd = "echo up >done.txt"\n`,
  );
};

const wasSetUp = (world: World) => existsSync(world.path('work', 'api', 'done.txt'));
const isCloned = (world: World) => existsSync(world.path('work', 'api', '.git'));

describe('the commands of a workspace that somebody else wrote', () => {
  test('are shown on the screen before the first of them runs, and run after a yes', async ({ world }) => {
    await foreignWorkspace(world);
    const opened = await screen(world, [], { cols: 120, rows: 36 });
    await opened.waitFor('not cloned');
    opened.press('s');
    await opened.waitFor('echo up >done.txt');
    expect(wasSetUp(world)).toBe(false);
    opened.press('y');
    await until(() => wasSetUp(world), { what: 'the repo to be set up' });
  });

  test('are refused where nobody can be asked, and the repo is there all the same', async ({ world }) => {
    await foreignWorkspace(world);
    const finished = await world.gantry(['workspace', 'sync', '--yes']);
    expect(finished).toMatchObject({ code: 8, stderr: expect.stringContaining('gantry workspace trust') });
    expect([isCloned(world), wasSetUp(world)]).toEqual([true, false]);
  });

  test('are no question of a dry run', async ({ world }) => {
    await foreignWorkspace(world);
    const finished = await world.gantry(['workspace', 'sync', '--dry-run']);
    expect(finished).toMatchObject({ code: 0, stdout: expect.stringContaining('echo up >done.txt') });
    expect(isCloned(world)).toBe(false);
  });
});
