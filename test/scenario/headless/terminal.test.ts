import { describe, expect } from 'vitest';
import { PANES } from '#panes/index.ts';
import { putOnPath } from '../../rig/program.ts';
import { terminal } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';
import { expectOneError } from '../told.ts';

const ESCAPE = '\x1b';

describe('colour', () => {
  test('is on a terminal', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await putOnPath(world);
    const shown = await terminal(world, ['gantry', 'workspace', 'list'], { cols: 200 });
    await shown.exit;
    expect(shown.line(0)).toMatch(/^REPO +URL/);
    expect(shown.cell(0, 0)).toMatchObject({ dim: true });
    expect(shown.alternate).toBe(false);
  });

  test.for([
    ['NO_COLOR', [], { NO_COLOR: '1' }],
    ['--no-color', ['--no-color'], {}],
    ['--headless', ['--headless'], {}],
    ['GANTRY_HEADLESS', [], { GANTRY_HEADLESS: '1' }],
    ['a dumb terminal', [], { TERM: 'dumb' }],
  ] as const)('is not there with %s', async ([, options, env], { world }) => {
    await createWorkspace(world, { api: 'diverged' });
    await putOnPath(world);
    const shown = await terminal(world, ['gantry', 'workspace', 'sync', ...options], { env });
    await shown.exit;
    expect(shown.text()).toContain('refused');
    expect(shown.output).not.toContain(ESCAPE);
  });

  test('is not there in a pipe, even where the other stream is a terminal', async ({ world }) => {
    await createWorkspace(world, { api: 'diverged' });
    await putOnPath(world);
    const shown = await terminal(world, ['sh', '-c', 'gantry workspace sync 2>/dev/null | cat']);
    await shown.exit;
    expect(shown.text()).toContain('refused');
    expect(shown.output).not.toContain(ESCAPE);
  });
});

describe('--quiet', () => {
  test('prints data and nothing else', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { code, stdout, stderr } = await world.gantry(['workspace', 'sync', '--quiet']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('up to date');
  });

  test('keeps errors', async ({ world }) => {
    const { code, stdout, stderr } = await world.gantry(['workspace', 'sync', '--quiet']);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^error: There is no workspace/);
  });
});

describe('--headless and no command', () => {
  test('prints what every pane shows, once', async ({ world }) => {
    await createWorkspace(world, { api: 'behind', web: 'dirty' });
    await succeed(world, ['repo', 'pull', 'api']);
    const { stdout, stderr } = await succeed(world, ['--headless']);
    expect(stderr).toBe('');
    const always = PANES.filter(({ isCalled }) => !isCalled);
    for (const { title } of always) expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'));
    expect(stdout).toMatch(/^web .*main/m);
    expect(stdout).toMatch(/^1 +repo\.pull +done/m);
  });

  test('is one document with --json', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { json } = await succeed(world, ['--headless', '--json']);
    expect(json()).toMatchObject({
      schemaVersion: 1,
      ok: true,
      data: { repos: { repos: [{ name: 'api' }] }, activity: { activities: [] } },
    });
  });

  test('where there is no workspace is one error', async ({ world }) => {
    const finished = await world.gantry(['--headless']);
    expect(finished.code).toBe(4);
    expectOneError(finished);
  });
});

describe('a pipe', () => {
  test('whose reader went away ends the program quietly', async ({ world }) => {
    await putOnPath(world);
    const { stdout, stderr } = await world.run('sh', [
      '-c',
      '(gantry describe --json; echo $? >&2) | head -c 10',
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: '{"schemaVe', stderr: '0\n' });
  });

  test('whose reader went away in the middle of the work does not end the work', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind', web: 'behind', site: 'behind' });
    await putOnPath(world);
    await world.run('sh', ['-c', 'gantry workspace sync 2>&1 | head -n 1']);
    for (const name of workspace.names) {
      expect(await workspace.repo(name).oid()).toBe(await workspace.remote(name).oid('main'));
    }
    expect((await world.gantry(['activity', 'list', '--json'])).json().data).toMatchObject({
      activities: [{ status: 'done' }],
    });
  });

  test('that is full is waited for, and everything arrives', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    await putOnPath(world);
    const { stdout } = await world.run('sh', [
      '-c',
      'gantry workspace exec --quiet --json -- seq 10000 | (read -r first; printf "%s" "$first")',
    ]);
    expect(stdout.length).toBeGreaterThan(80_000);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });
});

describe('a stdout', () => {
  test('that is closed loses the data, not the work', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind' });
    await putOnPath(world);
    const { stderr } = await world.run('sh', ['-c', 'gantry workspace sync >&-']);
    expect(stderr).not.toMatch(/ at .*\.(c?js|ts):\d+/);
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
    expect((await world.gantry(['activity', 'list', '--json'])).json().data).toMatchObject({
      activities: [{ status: 'done' }],
    });
  });

  test('and a stderr that are both closed lose nothing of the work', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind' });
    await putOnPath(world);
    await world.run('sh', ['-c', 'gantry workspace sync >&- 2>&-']);
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
    expect((await world.gantry(['activity', 'list', '--json'])).json().data).toMatchObject({
      activities: [{ status: 'done' }],
    });
  });

  test('on a full device says so', async ({ world }) => {
    await putOnPath(world);
    const { code, stderr } = await world.run('sh', ['-c', 'gantry describe > /dev/full']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: The standard output could not be written: ENOSPC/);
    expect(stderr).toContain('next: ');
  });
});
