import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { PANES } from '#panes/index.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { putOnPath } from '../../rig/program.ts';
import { screen } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';
import { expectOneError } from '../told.ts';

const VERSION = `gantry ${manifest.version}`;

describe('the version', () => {
  test.for([['--version'], ['-V'], ['--version', '--quiet']])('%j', async (words, { world }) => {
    const { stdout, stderr } = await succeed(world, words);
    expect({ stdout, stderr }).toEqual({ stdout: `${VERSION}\n`, stderr: '' });
  });

  test.for([
    [['--version', '--json'], {}],
    [['--json', '--version'], {}],
    [['-V', '--json'], {}],
    [['--version'], { GANTRY_JSON: '1' }],
  ] as const)('%j as JSON', async ([words, env], { world }) => {
    const document = (await world.gantry(words, { env })).json();
    expect(document).toMatchObject({ action: 'version', ok: true, data: { version: manifest.version } });
  });

  test('that can not be written is one error', async ({ world }) => {
    await putOnPath(world);
    const finished = await world.run('sh', ['-c', 'gantry --version > /dev/full']);
    expect(finished.code).toBe(1);
    expectOneError(finished);
  });
});

describe('without a terminal and without a command', () => {
  test('there is help', async ({ world }) => {
    expect((await succeed(world, [])).stdout).toContain('gantry <noun> <verb>');
  });

  test.for([
    [['--nonsense'], "gantry: unknown option '--nonsense'"],
    [['--workspace'], "gantry: option '-w, --workspace <directory>' argument missing"],
    [['--workspace', '.'], 'There is no command, and no terminal for the screen.'],
    [['--quiet'], 'There is no command, and no terminal for the screen.'],
  ] as const)('%j is an error', async ([words, message], { world }) => {
    const finished = await world.gantry(words);
    expect(finished).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(finished.stderr).toContain('next: gantry --help\n');
    expectOneError(finished);
  });

  test('--json is an error in JSON', async ({ world }) => {
    const finished = await world.gantry(['--json']);
    expect(finished.code).toBe(2);
    expect(finished.json()).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});

describe('on a terminal and without a command', () => {
  test.for([
    [['--nonsense'], "error: gantry: unknown option '--nonsense'"],
    [['--plan', 'abc'], 'error: --plan belongs to a command, and there is none.'],
    [['--quiet'], 'error: --quiet belongs to a command, and there is none.'],
  ] as const)('%j opens no screen', async ([words, message], { world }) => {
    const shown = await screen(world, words);
    expect(await shown.exit).toMatchObject({ code: 2 });
    expect(shown.alternate).toBe(false);
    expect(shown.text()).toContain(message);
    expect(shown.text()).toContain('next: gantry --help');
  });

  test('--no-color opens the screen without colour', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const shown = await screen(world, ['--no-color', '--no-daemon']);
    await shown.waitFor('api');
    expect(shown.alternate).toBe(true);
    expect(shown.output).not.toMatch(/\x1b\[[\d;]*[34]8;/);
    shown.press('q');
    await shown.exit;
  });

  test('GANTRY_HEADLESS prints what the panes show', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const shown = await screen(world, [], { env: { GANTRY_HEADLESS: '1' }, rows: 60 });
    expect(await shown.exit).toMatchObject({ code: 0 });
    const always = PANES.filter(({ isCalled }) => !isCalled);
    for (const { title } of always) expect(shown.text()).toMatch(new RegExp(`^${title}$`, 'm'));
  });
});

describe('a variable does what its option does', () => {
  test('GANTRY_HEADLESS', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { stdout } = await world.gantry([], { env: { GANTRY_HEADLESS: '1' } });
    expect(stdout).toBe((await world.gantry(['--headless'])).stdout);
  });

  test.for([['nonsense'], ['repo', 'status', '--nonsense'], ['completion', 'tcsh']])(
    'GANTRY_JSON, where %j is no command line',
    async (words, { world }) => {
      const finished = await world.gantry(words, { env: { GANTRY_JSON: '1' } });
      expect(finished).toMatchObject({ code: 2, stderr: '' });
      expect(finished.json()).toMatchObject({ ok: false });
    },
  );
});

describe('help', () => {
  test('is a word as well', async ({ world }) => {
    const help = async (...words: string[]) => (await succeed(world, words)).stdout;
    expect(await help('help')).toBe(await help('--help'));
    expect(await help('help', 'repo')).toBe(await help('repo'));
    expect(await help('help', 'repo', 'status')).toBe(await help('repo', 'status', '--help'));
    expect(await help('help', 'mcp')).toBe(await help('mcp', '--help'));
  });

  test('of what there is not is an error', async ({ world }) => {
    const finished = await world.gantry(['help', 'repo', 'statsu']);
    expect(finished).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "repo status"?'),
    });
    expectOneError(finished);
  });

  test('tells of the words of the shell, and of the version', async ({ world }) => {
    const { stdout } = await succeed(world, ['--help']);
    for (const words of ['completion', 'help', 'mcp', 'config edit', 'daemon run', '-V, --version'])
      expect(stdout).toMatch(new RegExp(`^ +${words} +[A-Z]`, 'm'));
  });

  test.for([
    [['completion', '--help'], 'Usage  gantry completion <shell>'],
    [['daemon', 'run', '--help'], 'Usage  gantry daemon run'],
    [['config', 'edit', '--help'], 'Usage  gantry config edit'],
    [['--help', 'mcp'], 'Usage  gantry mcp'],
  ] as const)('%j', async ([words, usage], { world }) => {
    expect((await succeed(world, words)).stdout).toContain(usage);
    expect(world.processes()).toEqual([]);
  });
});

describe('a noun alone', () => {
  test('lists its commands', async ({ world }) => {
    expect((await succeed(world, ['--quiet', 'repo'])).stdout).toContain('repo status');
  });

  test.for([
    [['repo', '--nonsense'], "repo: unknown option '--nonsense'"],
    [['repo', '--version'], "repo: unknown option '--version'"],
  ] as const)('refuses what is no option: %j', async ([words, message], { world }) => {
    const finished = await world.gantry(words);
    expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    expect(finished.stderr).toContain('next: gantry repo --help');
    expectOneError(finished);
  });
});

describe('options stand before every word', () => {
  test('completion', async ({ world }) => {
    const { stdout } = await succeed(world, ['--quiet', 'completion', 'bash']);
    expect(stdout).toBe((await succeed(world, ['completion', 'bash'])).stdout);
  });

  test('mcp', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' }, { dir: world.path('elsewhere') });
    const clientInfo = { name: 'test', version: '1' };
    const said = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
      },
      { id: 2, method: 'tools/call', params: { name: 'workspace_list', arguments: {} } },
    ];
    const input = said.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
    const { stdout } = await world.gantry(['-w', '../elsewhere', 'mcp'], { input });
    expect(stdout).toContain('"name":"api"');
  });
});

describe('config edit', () => {
  test('on a terminal opens the editor on the file', async ({ world }) => {
    const editor = world.path('editor');
    await writeFile(editor, '#!/bin/sh\necho "edits $1"\n', { mode: 0o755 });
    const shown = await screen(world, ['config', 'edit'], { cols: 200, env: { EDITOR: editor } });
    expect(await shown.exit).toMatchObject({ code: 0 });
    expect(shown.text()).toBe(`edits ${world.path('home', '.config', 'gantry', 'config.json')}`);
  });

  test('elsewhere is a usage error that names the file', async ({ world }) => {
    const finished = await world.gantry(['config', 'edit']);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('next: gantry config path');
    expectOneError(finished);
  });
});
