import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { createRemote } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { calledAs } from './called.ts';

describe('smctl workspace init', () => {
  test('makes a workspace of the current directory, named after it', async ({ world }) => {
    const smctl = calledAs(world, 'smctl');
    expect(await smctl('workspace init')).toMatchObject({
      code: 0,
      stdout: `initialized workspace 'work' at ${world.path('work')}\n`,
      stderr: '',
    });
    expect(readFileSync(world.path('work', '.smctl', 'workspace.toml'), 'utf8')).toContain('name = "work"');
    expect(existsSync(world.path('work', '.gantry'))).toBe(false);
    expect(await world.gantry(['workspace', 'show'])).toMatchObject({ code: 0 });
  });

  test('of another directory and under another name', async ({ world }) => {
    const { stdout } = await calledAs(
      world,
      'smctl',
    )(['workspace', 'init', '--name', 'Small AI', '-w', '../os']);
    expect(stdout).toBe(`initialized workspace 'Small AI' at ${world.path('os')}\n`);
  });

  test('inside of another workspace is one of its own', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { stdout } = await calledAs(world, 'smctl')('workspace init', { cwd: world.path('work', 'api') });
    expect(stdout).toBe(`initialized workspace 'api' at ${world.path('work', 'api')}\n`);
  });

  test('says what it would do, and exits with 10', async ({ world }) => {
    const { code, stdout } = await calledAs(world, 'smctl')('--dry-run workspace init');
    expect({ code, stdout }).toEqual({
      code: 10,
      stdout: `would initialize workspace 'work' at ${world.path('work')}\n`,
    });
    expect(existsSync(world.path('work', '.smctl'))).toBe(false);
  });

  test('prints the manifest as JSON', async ({ world }) => {
    const { stdout } = await calledAs(world, 'smctl')('workspace init --json');
    expect(JSON.parse(stdout)).toEqual({
      workspace: { name: 'work', root: '.' },
      repos: [],
      flow: {
        main_branch: 'main',
        develop_branch: 'develop',
        feature_prefix: 'feature/',
        release_prefix: 'release/',
        hotfix_prefix: 'hotfix/',
        tag_prefix: 'v',
      },
      worktree: { base_dir: '.worktrees', auto_create_branch: true, cleanup_on_remove: true },
      spec: { openspec_dir: 'openspec' },
    });
  });
});

describe('smctl workspace add and remove', () => {
  test('take a repo in, clone it, and let it go again', async ({ world }) => {
    const smctl = calledAs(world, 'smctl');
    const { dir } = await createRemote(world, world.path('remotes', 'kernel.git'), { commits: 1 });
    await smctl('workspace init');

    const dry = await smctl(['workspace', 'add', dir, '--dry-run']);
    expect(dry).toMatchObject({ code: 10, stdout: `would add repo 'kernel' (${dir}) to workspace\n` });

    const added = await smctl(['workspace', 'add', dir]);
    expect(added).toMatchObject({ code: 0, stdout: "added repo 'kernel' to workspace\n", stderr: '' });
    expect(existsSync(world.path('work', 'kernel', '.git'))).toBe(true);

    const twin = await smctl(['workspace', 'add', dir, '--name', 'gate', '--path', 'gateway', '--json']);
    expect(JSON.parse(twin.stdout)).toEqual({
      name: 'gate',
      url: dir,
      path: 'gateway',
      repos: ['kernel', 'gate'],
    });

    expect((await smctl('workspace remove kernel --dry-run')).stdout).toBe(
      "would remove repo 'kernel' from workspace\n",
    );
    expect(await smctl('workspace remove kernel')).toMatchObject({
      code: 0,
      stdout: "removed repo 'kernel' from workspace\n",
    });
    expect(existsSync(world.path('work', 'kernel', '.git'))).toBe(true);
    const last = await smctl('workspace remove gate --json');
    expect(JSON.parse(last.stdout)).toEqual({ removed: 'gate', repos: [] });
  });

  test('that could not be done say nothing else as JSON', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const smctl = calledAs(world, 'smctl');
    const { code, stdout } = await smctl(['workspace', 'add', world.path('nowhere.git'), '--json']);
    expect(code).toBe(7);
    expect(Object.keys(JSON.parse(stdout))).toEqual(['error', 'message', 'next']);
  });

  test('name the repo that is there twice, or not at all', async ({ world }) => {
    const { dir } = (await createWorkspace(world, { api: 'clean' })).remote('api');
    const smctl = calledAs(world, 'smctl');
    const twice = await smctl(['workspace', 'add', `${dir}/../other.git`, '--name', 'api']);
    expect(twice).toMatchObject({ code: 1, stdout: '' });
    expect(twice.stderr).toContain("error: repo 'api' already exists in workspace.\n");
    const unknown = await smctl('workspace remove nope');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain("error: repo 'nope' not found in workspace.\n");
    expect(unknown.stderr).toContain('next: smctl workspace status\n');
  });
});

describe('smctl workspace status', () => {
  test('has a row for each repo', async ({ world }) => {
    const workspace = await createWorkspace(world, {
      api: 'clean',
      'a-name-longer-than-its-column': 'dirty',
      web: 'clean',
    });
    rmSync(workspace.path('web'), { recursive: true });
    const { code, stdout, stderr } = await calledAs(world, 'smctl')('workspace status');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      '  api              main             ✓ clean',
      '  a-name-longer-than-its-column main             ✗ dirty',
      '  web — error: it is not cloned',
      '',
    ]);
  });

  test('is a bare array as JSON', async ({ world }) => {
    const states = { api: 'clean', web: 'dirty', lib: 'ahead', os: 'clean' } as const;
    const workspace = await createWorkspace(world, states);
    rmSync(workspace.path('os'), { recursive: true });
    const { stdout } = await calledAs(world, 'smctl')('workspace status --json');
    expect(JSON.parse(stdout)).toEqual([
      { name: 'api', branch: 'main', clean: true, ahead: 0, behind: 0, modified_files: 0 },
      { name: 'web', branch: 'main', clean: false, ahead: 0, behind: 0, modified_files: expect.any(Number) },
      { name: 'lib', branch: 'main', clean: true, ahead: expect.any(Number), behind: 0, modified_files: 0 },
      { name: 'os', error: 'it is not cloned' },
    ]);
  });

  test('is of the workspace that an option or a variable names, and of no other', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' }, { dir: world.path('elsewhere') });
    const smctl = calledAs(world, 'smctl');
    const row = '  api              main             ✓ clean\n';
    expect((await smctl('workspace status -w ../elsewhere')).stdout).toBe(row);
    expect((await smctl('-w ../elsewhere workspace status')).stdout).toBe(row);
    const env = { SMCTL_WORKSPACE: world.path('elsewhere') };
    expect((await smctl('workspace status', { env })).stdout).toBe(row);

    const below = await smctl(['workspace', 'status', '-w', world.path('elsewhere', 'api')]);
    expect(below).toMatchObject({ code: 4, stdout: '' });
    expect(below.stderr).toContain(
      'error: no workspace found (use `smctl workspace init` or set --workspace)\n',
    );
  });

  test('is found from below, by the manifest of either program', async ({ world }) => {
    const smctl = calledAs(world, 'smctl');
    await smctl('workspace init');
    const { dir } = await createRemote(world, world.path('remotes', 'os.git'), { commits: 1 });
    await smctl(['workspace', 'add', dir]);
    const { stdout } = await smctl('workspace status', { cwd: world.path('work', 'os') });
    expect(stdout).toBe('  os               main             ✓ clean\n');
  });
});

describe('smctl workspace sync', () => {
  test('says of each repo what came of it', async ({ world }) => {
    await createWorkspace(world, { api: 'behind', web: 'diverged', lib: 'clean' });
    const smctl = calledAs(world, 'smctl');
    expect(await smctl('workspace sync --dry-run')).toMatchObject({
      code: 10,
      stdout: 'would fetch/pull api\nwould fetch/pull web\nwould fetch/pull lib\n',
    });
    const { code, stdout, stderr } = await smctl('workspace sync');
    expect(code).toBe(3);
    expect(stdout.split('\n')).toEqual([
      '  api — synced',
      '  web — failed: web has diverged from its upstream.',
      '  lib — synced',
      '',
    ]);
    expect(stderr).toMatch(/^error: web has diverged from its upstream\.\n/);
  });

  test('as JSON', async ({ world }) => {
    await createWorkspace(world, { api: 'behind', web: 'diverged' });
    const { stdout } = await calledAs(world, 'smctl')('workspace sync --json');
    expect(JSON.parse(stdout)).toEqual({
      repos: [
        { repo: 'api', status: 'synced' },
        { repo: 'web', status: 'failed', message: 'web has diverged from its upstream.' },
      ],
    });
  });
});

describe('the command line of smctl', () => {
  test('tells its own version', async ({ world }) => {
    const { code, stdout } = await calledAs(world, 'smctl')('--version');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `smctl ${manifest.version}\n` });
  });

  test.for(['', 'workspace', 'flow'])(
    '%j tells on the standard error what there is',
    async (line, { world }) => {
      const { code, stdout, stderr } = await calledAs(world, 'smctl')(line);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('Usage  smctl ');
    },
  );

  test.for(['flow feature start --help', 'help flow feature start'])(
    '%s helps in its own words',
    async (line, { world }) => {
      const { code, stdout } = await calledAs(world, 'smctl')(line);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage  smctl flow feature start <name> [options]');
      expect(stdout).toContain('-w, --workspace <path>');
    },
  );

  test.for(['spec new login', 'ss login', 'build', 'sb', 'release', 'config show'])(
    '%s comes with a later part, and says so',
    async (line, { world }) => {
      const { code, stdout, stderr } = await calledAs(world, 'smctl')(line);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`error: smctl ${line.split(' ')[0]} comes with a later part of Gantry.\n`);
    },
  );

  test.for([
    ['workspace stats', 'There is no command "workspace stats"; did you mean "workspace status"?'],
    ['workspace status --jsn', "workspace status: unknown option '--jsn'"],
    ['workspace add', "workspace add: missing required argument 'url'"],
    ['serve', 'serve: there is nothing to serve without --mcp.'],
    ['serve --mcp --stdio --sse', 'serve: --stdio and --sse exclude each other.'],
  ] as const)('%s is a mistake', async ([line, message], { world }) => {
    const { code, stdout, stderr } = await calledAs(world, 'smctl')(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain('next: smctl ');
  });

  test('serve --sse is not there yet', async ({ world }) => {
    const { code, stderr } = await calledAs(world, 'smctl')('serve --mcp --sse');
    expect(code).toBe(1);
    expect(stderr).toContain('error: serve: --sse comes with a later part of Gantry.\n');
  });

  test('tells mistakes as JSON where that is asked for', async ({ world }) => {
    const { code, stdout, stderr } = await calledAs(world, 'smctl')('--json workspace status');
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      error: 'workspace-missing',
      message: 'no workspace found (use `smctl workspace init` or set --workspace)',
      next: ['smctl workspace init', 'gantry workspace adopt'],
    });
  });

  test('takes the options that it knows before and behind the words', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const smctl = calledAs(world, 'smctl');
    const line =
      '-vv -c nowhere.toml workspace --no-color status --log-level warn --log-file x.log --log-syslog -q';
    expect(await smctl(line)).toMatchObject({
      code: 0,
      stdout: '  api              main             ✓ clean\n',
      stderr: '',
    });
    expect(existsSync(world.path('work', 'x.log'))).toBe(false);
  });

  test('writes what was done into a log file, a line for each command, as RFC 5424 has it', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const smctl = calledAs(world, 'smctl');
    await smctl('flow init --log-file smctl.log');
    await smctl('flow feature start login --log-file smctl.log');
    await smctl('worktree remove nope', { env: { SMCTL_LOG_FILE: 'smctl.log' } });
    const lines = readFileSync(world.path('work', 'smctl.log'), 'utf8').trimEnd().split('\n');
    const HEAD = String.raw`1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ smctl \d+`;
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(String.raw`^<134>${HEAD} SMCTL-0099 \[SMCTL@32473 command="flow init"\] done$`),
      ),
      expect.stringMatching(
        new RegExp(
          String.raw`^<134>${HEAD} SMCTL-0004 \[SMCTL@32473 command="flow feature start" name="login"\] done$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(
          String.raw`^<131>${HEAD} SMCTL-0099 \[SMCTL@32473 command="worktree remove" name="nope" code="set-unknown"\] worktree set 'nope' does not exist$`,
        ),
      ),
    ]);
  });

  test('tells the same on the standard error from the level on that is asked for', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const smctl = calledAs(world, 'smctl');
    expect((await smctl('flow sync --log-level info')).stderr).toMatch(/^<13[14]>1 .* SMCTL-0099 /m);
    expect((await smctl('workspace status --log-level error')).stderr).toBe('');
    expect((await smctl('worktree remove nope', { env: { SMCTL_LOG_LEVEL: 'error' } })).stderr).toMatch(
      /^<131>1 /m,
    );
    const { code, stderr } = await smctl('workspace status --log-level loud');
    expect(code).toBe(2);
    expect(stderr).toContain('error: --log-level takes one of error, warn, info, debug, trace.');
  });

  test('reads what a person has set for smctl, and goes by what is typed before it', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const smctl = calledAs(world, 'smctl');
    writeFileSync(world.path('work', 'mine.toml'), 'log_level = "info"\nno_color = true\n');
    const set = { SMCTL_CONFIG: 'mine.toml' };
    expect((await smctl('workspace status', { env: set })).stderr).toMatch(/^<134>1 /m);
    expect((await smctl('workspace status -c mine.toml')).stderr).toMatch(/^<134>1 /m);
    expect((await smctl('workspace status --log-level error', { env: set })).stderr).toBe('');
    expect((await smctl('workspace status --config nowhere.toml')).stderr).toContain('nowhere.toml');
    writeFileSync(world.path('work', 'mine.toml'), 'no_color = "perhaps"\n');
    const { code, stderr } = await smctl('workspace status -c mine.toml');
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: .*mine\.toml: no_color: expected true or false/);
  });

  test('tells step by step what is done where that is asked for', async ({ world }) => {
    await createWorkspace(world, { api: 'behind' });
    const { stdout, stderr } = await calledAs(world, 'smctl')('-v workspace sync');
    expect(stdout).toBe('  api — synced\n');
    expect(stderr).toMatch(/^api done /m);
  });

  test('has names from outside that no terminal can mistake', async ({ world }) => {
    const { stderr } = await calledAs(world, 'smctl')(['workspace', 'remove', 'evil\u001b[2J']);
    expect(stderr).not.toContain('\u001b');
  });
});
