import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { type Screen, screen } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';

/** Remotes that tell how far they are, and go on once the file `gate` is there. */
const slowRemotes = async (world: World, names: readonly string[]) => {
  const workspace = await createWorkspace(world, Object.fromEntries(names.map((name) => [name, 'behind'])));
  const [gate, program] = [world.path('gate'), world.path('upload-pack')];
  const script = [
    '#!/bin/sh',
    `printf 'Receiving objects:  42%% (420/1000)\\r' >&2`,
    `until [ -e '${gate}' ]; do sleep 0.02; done`,
    'exec git-upload-pack "$@"',
  ];
  await writeFile(program, `${script.join('\n')}\n`, { mode: 0o755 });
  for (const name of names) {
    await workspace.repo(name).git('config', 'remote.origin.uploadpack', program);
  }
  return { open: () => writeFile(gate, '') };
};

const fetching = (world: World, ...options: string[]): Promise<Screen> =>
  screen(world, ['repo', 'fetch', ...options], { cols: 100, rows: 10 });

const running = (name: string) => new RegExp(`^${name} +━+─+  42 %  Receiving objects$`, 'm');

describe('what runs is shown on a terminal', () => {
  test('a line for each repo, gone when it is done', async ({ world }) => {
    const { open } = await slowRemotes(world, ['api', 'website']);
    const shown = await fetching(world);
    await shown.waitFor(running('api'));
    await shown.waitFor(running('website'));
    expect(shown.text().split('\n')).toHaveLength(2);
    await open();
    expect(await shown.exit).toMatchObject({ code: 0 });
    expect(shown.text()).not.toMatch(/[━─]/);
    expect(shown.line(0)).toMatch(/^(api|website) done/);
    expect(shown.text()).toMatch(/activity 1 done/);
    expect(shown.output).not.toContain('\x1b[?25l');
  });

  test('one line for all where they are more than the rows', async ({ world }) => {
    const names = Array.from({ length: 12 }, (_, index) => `repo-${index}`);
    await slowRemotes(world, names);
    const shown = await screen(world, ['repo', 'fetch'], { rows: 2, env: { GANTRY_GIT_CONCURRENCY: '12' } });
    await shown.waitFor(/^─+ {3}0 % {2}\d+ running$/m);
    shown.press('ctrl+c');
    await shown.exit;
  });

  test('interrupted leaves nothing behind', async ({ world }) => {
    await slowRemotes(world, ['api']);
    const shown = await fetching(world);
    await shown.waitFor(running('api'));
    shown.press('ctrl+c');
    expect(await shown.exit).toMatchObject({ code: 130 });
    expect(shown.text()).not.toMatch(/[━─]/);
    expect(shown.text()).toContain('activity 1 cancelled');
  });

  test('interrupted twice leaves nothing behind either', async ({ world }) => {
    await slowRemotes(world, ['api']);
    const shown = await fetching(world);
    await shown.waitFor(running('api'));
    shown.kill('SIGINT');
    shown.kill('SIGTERM');
    await shown.exit;
    expect(shown.text()).not.toMatch(/[━─]/);
  });
});

describe('what runs is not shown', () => {
  test.for([['--quiet'], ['--headless'], ['--json']])('with %s', async ([option = ''], { world }) => {
    const { open } = await slowRemotes(world, ['api']);
    await open();
    const shown = await fetching(world, option);
    await shown.exit;
    expect(shown.output).not.toMatch(/━|\x1b\[[AJK\d]*[AJK]/);
  });

  test('on a dumb terminal', async ({ world }) => {
    const { open } = await slowRemotes(world, ['api']);
    await open();
    const shown = await screen(world, ['repo', 'fetch'], { env: { TERM: 'dumb' } });
    await shown.exit;
    expect(shown.output).not.toContain('\x1b[');
  });

  test('in a pipe', async ({ world }) => {
    const { open } = await slowRemotes(world, ['api']);
    await open();
    const { stderr } = await world.gantry(['repo', 'fetch']);
    expect(stderr).not.toContain('━');
  });
});
