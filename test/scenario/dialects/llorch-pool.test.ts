import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { describe, expect } from 'vitest';
import { clone, createRemote, createRepo, type Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';
import { calledAs } from './called.ts';

const CANDLE = 'reference/candle';

interface Place {
  /** The clone that the commands act on. */
  repo: Repo;
  /** A colleague's clone of the same remote. */
  colleague: Repo;
  candle: Repo;
}

/** A clone with one submodule, which is in no workspace. */
const createPlace = async (world: World): Promise<Place> => {
  await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
  const library = await createRemote(world, world.path('remotes', 'candle.git'));
  const remote = await createRepo(world, world.path('remotes', 'pool.git'), { bare: true });
  const colleague = await createRepo(world, world.path('colleague'));
  await colleague.git('remote', 'add', 'origin', remote.dir);
  await colleague.commit('Begin', { 'README.md': 'pool\n' });
  await colleague.git('submodule', '--quiet', 'add', library.dir, CANDLE);
  await colleague.commit('Add candle');
  await colleague.git('push', '--quiet', 'origin', 'main');
  const repo = await clone(world, remote, world.path('work', 'llama-orch'));
  await repo.git('submodule', '--quiet', 'update', '--init');
  await library.git('branch', 'metal-fixes');
  return { repo, colleague, candle: { ...repo, ...repoIn(repo) } };
};

const repoIn = (repo: Repo): Pick<Repo, 'git' | 'dir'> => ({
  dir: repo.path(CANDLE),
  git: (...args) => repo.git('-C', CANDLE, ...args),
});

/** Programs that say which version they are, in front of all others. */
const install = (world: World, tools: Record<string, string>) => {
  const bin = world.path('tools');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(`${bin}/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${bin}/${name}`, 0o755);
  }
  world.env.PATH = [bin, world.env.PATH].join(delimiter);
};

const shortOf = async (repo: Pick<Repo, 'git'>) => (await repo.git('rev-parse', 'HEAD')).slice(0, 10);

describe('llorch-pool git status', () => {
  test('shows branch, commit, changes, submodules and the toolchain', async ({ world }) => {
    const { repo, candle } = await createPlace(world);
    install(world, { rustc: 'echo "rustc 1.80.0 (051478957 2024-07-21)"', cargo: 'exit 7' });
    await repo.write('README.md', 'changed\n');
    await repo.write('notes.txt');
    const { code, stdout, stderr } = await calledAs(world, 'llorch-pool')('git status', { cwd: repo.dir });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'Branch      main',
      `Commit      ${(await repo.oid()).slice(0, 8)} Add candle`,
      'Upstream    origin/main',
      '',
      'Uncommitted changes: 2',
      '   M README.md',
      '  ?? notes.txt',
      '',
      'Submodules: 1',
      `  reference/candle  detached at ${await shortOf(candle)}, as recorded`,
      '',
      'Rust toolchain',
      '  rustc       rustc 1.80.0 (051478957 2024-07-21)',
      '  cargo       absent (cargo ended with exit code 7)',
      '',
    ]);
  });

  test('says what is not installed', async ({ world }) => {
    const { repo } = await createPlace(world);
    const tools = world.path('tools');
    await world.run('sh', [
      '-c',
      `mkdir '${tools}' && for name in sh git readlink mkdir; do ln -s "$(command -v $name)" '${tools}'; done`,
    ]);
    const { stdout } = await calledAs(world, 'llorch-pool')('git status', {
      cwd: repo.dir,
      env: { PATH: tools },
    });
    expect(stdout).toContain('  rustc       absent (rustc was not found)\n');
    expect(stdout).toContain('  cargo       absent (cargo was not found)\n');
  });

  test('as JSON', async ({ world }) => {
    const { repo } = await createPlace(world);
    install(world, { rustc: 'echo rustc 1.80.0', cargo: 'echo cargo 1.80.0' });
    const { stdout } = await calledAs(world, 'pool-ctl')('git status --json', { cwd: repo.dir });
    expect(JSON.parse(stdout)).toMatchObject({
      branch: 'main',
      commit: await repo.oid(),
      upstream: 'origin/main',
      changes: [],
      submodules: [{ path: CANDLE, state: 'ok' }],
      toolchain: [
        { name: 'rustc', version: 'rustc 1.80.0' },
        { name: 'cargo', version: 'cargo 1.80.0' },
      ],
    });
  });
});

describe('llorch-pool git pull', () => {
  test('brings the branch and the submodules, and says what came', async ({ world }) => {
    const { repo, colleague, candle } = await createPlace(world);
    await colleague.git('-C', CANDLE, 'commit', '--quiet', '--allow-empty', '--message', 'Newer candle');
    await colleague.git('-C', CANDLE, 'push', '--quiet', 'origin', 'HEAD:main');
    await colleague.commit('Use the newer candle', { 'more.txt': 'more\n' });
    await colleague.git('push', '--quiet', 'origin', 'main');

    const { code, stdout, stderr } = await calledAs(world, 'llorch-pool')('git pull', { cwd: repo.dir });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'llama-orch: 1 commit, 2 files',
      '  Use the newer candle',
    ]);
    expect(await repo.oid()).toBe(await colleague.oid());
    expect(await candle.git('rev-parse', 'HEAD')).toBe(
      await colleague.git('-C', CANDLE, 'rev-parse', 'HEAD'),
    );
  });

  test('leaves a branch that has diverged alone, exit code 1', async ({ world }) => {
    const { repo, colleague } = await createPlace(world);
    await colleague.commit('Theirs', { 'README.md': 'theirs\n' });
    await colleague.git('push', '--quiet', 'origin', 'main');
    const mine = await repo.commit('Mine', { 'README.md': 'mine\n' });
    const { code, stderr } = await calledAs(world, 'llorch-pool')('git pull', { cwd: repo.dir });
    expect(code).toBe(1);
    expect(stderr).toContain('error: llama-orch has diverged from its upstream.');
    expect(await repo.oid()).toBe(mine);
  });
});

describe('llorch-pool git sync', () => {
  const diverge = async (world: World) => {
    const place = await createPlace(world);
    await place.colleague.commit('Theirs', { 'README.md': 'theirs\n' });
    await place.colleague.git('push', '--quiet', 'origin', 'main');
    await place.repo.commit('Mine', { 'README.md': 'mine\n' });
    await place.repo.write('README.md', 'not even committed\n');
    return place;
  };

  test('asks, and changes nothing where nobody says yes', async ({ world }) => {
    const { repo } = await diverge(world);
    const sync = calledAs(world, 'llorch-pool');
    const before = [await repo.oid(), await repo.oid('origin/main')];
    for (const input of ['', 'n\n', 'whatever\n']) {
      const { code, stdout, stderr } = await sync('git sync', { cwd: repo.dir, input });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^This resets llama-orch to origin\/main .* Continue\? \(y\/N\) /);
      expect(stderr).toContain('error: It was not confirmed.');
    }
    expect([await repo.oid(), await repo.oid('origin/main')]).toEqual(before);
    expect(await repo.git('status', '--porcelain')).toBe(' M README.md');
  });

  test.for([
    ['with a yes', 'git sync', 'y\n'],
    ['with --force', 'git sync --force', ''],
  ] as const)(
    '%s resets hard to what origin has, and undo brings it back',
    async ([, line, input], { world }) => {
      const { repo, colleague } = await diverge(world);
      const mine = await repo.oid();
      const { code, stdout } = await calledAs(world, 'llorch-pool')(line, { cwd: repo.dir, input });
      expect(code).toBe(0);
      expect(stdout.split('\n')[0]).toBe('llama-orch is at origin/main');
      expect(await repo.oid()).toBe(await colleague.oid());
      expect(await repo.git('status', '--porcelain')).toBe('');

      await succeed(world, ['undo', '--yes'], { cwd: repo.dir });
      expect(await repo.oid()).toBe(mine);
      expect(await repo.git('status', '--porcelain')).toBe(' M README.md');
    },
  );

  test('brings submodules back to their recorded commits', async ({ world }) => {
    const { repo, candle } = await createPlace(world);
    const recorded = await candle.git('rev-parse', 'HEAD');
    await candle.git('checkout', '--quiet', 'HEAD~1');
    await repo.write(`${CANDLE}/README.md`, 'edited\n');
    await calledAs(world, 'llorch-pool')('git sync --force', { cwd: repo.dir });
    expect(await candle.git('rev-parse', 'HEAD')).toBe(recorded);
    expect(await repo.git('status', '--porcelain')).toBe('');
  });
});

describe('llorch-pool git submodules', () => {
  test('lists them with their branches', async ({ world }) => {
    const { repo } = await createPlace(world);
    const pool = calledAs(world, 'llorch-pool');
    expect((await pool('git submodules list', { cwd: repo.dir })).stdout).toBe(
      `  reference/candle  detached  ${world.path('remotes', 'candle.git')}\n`,
    );
    const { stdout } = await pool('git submodules list --json', { cwd: repo.dir });
    expect(JSON.parse(stdout)).toMatchObject({ submodules: [{ path: CANDLE, branch: null }] });
  });

  test('says how each stands', async ({ world }) => {
    const { repo, candle } = await createPlace(world);
    await candle.git('checkout', '--quiet', 'HEAD~1');
    const { stdout } = await calledAs(world, 'llorch-pool')('git submodules status', { cwd: repo.dir });
    expect(stdout).toBe(
      `  reference/candle  detached at ${await shortOf(candle)}, 1 behind of the recorded commit\n`,
    );
  });

  test.for([['--all'], ['--name', CANDLE]])(
    'updates with %j to what their remotes have',
    async (which, { world }) => {
      const { repo, colleague, candle } = await createPlace(world);
      await colleague.git('-C', CANDLE, 'commit', '--quiet', '--allow-empty', '--message', 'Newer candle');
      await colleague.git('-C', CANDLE, 'push', '--quiet', 'origin', 'HEAD:main');
      const pool = calledAs(world, 'llorch-pool');
      const { code, stdout } = await pool(['git', 'submodules', 'update', ...which], { cwd: repo.dir });
      expect(code).toBe(0);
      expect(stdout).toMatch(/^ {2}reference\/candle {2}/);
      expect(await candle.git('log', '-1', '--format=%s')).toBe('Newer candle');
    },
  );

  test.for([
    ['update', 'Specify --name <submodule> or --all.'],
    ['update --all --name reference/candle', 'Specify --name <submodule> or --all.'],
    ['reset', 'Specify --name <submodule>.'],
    ['branch --branch main', 'Specify --name <submodule>.'],
    ['update --name nope', 'There is no submodule "nope".'],
    ['reset --name nope', 'There is no submodule "nope".'],
  ] as const)('%s names what is missing, exit code 1', async ([line, message], { world }) => {
    const { repo } = await createPlace(world);
    const { code, stdout, stderr } = await calledAs(world, 'llorch-pool')(`git submodules ${line}`, {
      cwd: repo.dir,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
  });

  test('resets one: its edits go and its branch is left', async ({ world }) => {
    const { repo, candle } = await createPlace(world);
    const recorded = await candle.git('rev-parse', 'HEAD');
    await candle.git('checkout', '--quiet', '-b', 'mine');
    await candle.git('commit', '--quiet', '--allow-empty', '--message', 'Mine');
    await repo.write(`${CANDLE}/README.md`, 'edited\n');
    const { code } = await calledAs(world, 'llorch-pool')(`git submodules reset --name ${CANDLE}`, {
      cwd: repo.dir,
    });
    expect(code).toBe(0);
    expect(await candle.git('rev-parse', 'HEAD')).toBe(recorded);
    expect(await candle.git('status', '--porcelain')).toBe('');
    expect(await candle.git('log', '-1', '--format=%s', 'mine')).toBe('Mine');
  });

  test('shows the branches of one, and switches it', async ({ world }) => {
    const { repo, candle } = await createPlace(world);
    const pool = calledAs(world, 'llorch-pool');
    const shown = await pool(`git submodules branch --name ${CANDLE}`, { cwd: repo.dir });
    expect(shown.stdout.split('\n').slice(0, 2)).toEqual(['  reference/candle  detached', '    main']);

    const switched = await pool(`git submodules branch --name ${CANDLE} --branch metal-fixes`, {
      cwd: repo.dir,
    });
    expect(switched.stdout).toMatch(/^ {2}reference\/candle {2}on metal-fixes\b/);
    expect(await candle.git('branch', '--show-current')).toBe('metal-fixes');

    const unknown = await pool(`git submodules branch --name ${CANDLE} --branch nope`, { cwd: repo.dir });
    expect(unknown.code).toBe(1);
    expect(await candle.git('branch', '--show-current')).toBe('metal-fixes');
  });
});

describe('llorch-pool acts on', () => {
  test('the repository around the current directory', async ({ world }) => {
    const { repo } = await createPlace(world);
    mkdirSync(repo.path('src', 'deep'), { recursive: true });
    const pool = calledAs(world, 'llorch-pool');
    const { stdout } = await pool('git status --json', { cwd: repo.path('src', 'deep') });
    expect(JSON.parse(stdout)).toMatchObject({ path: repo.dir });
  });

  test('a repo of a workspace as that, and leaves the others alone', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'behind', web: 'behind' });
    const { code } = await calledAs(world, 'llorch-pool')('git pull', { cwd: workspace.path('api') });
    expect(code).toBe(0);
    const { stdout } = await world.gantry(['repo', 'status', '--json']);
    const { repos } = JSON.parse(stdout).data as { repos: { name: string; behind: number }[] };
    expect(repos.map(({ name, behind }) => [name, behind])).toEqual([
      ['api', 0],
      ['web', 1],
    ]);
    const { data } = (await world.gantry(['activity', 'list', '--json'])).json<{ activities: unknown[] }>();
    expect(data.activities).not.toEqual([]);
  });

  test('nothing where there is no repository', async ({ world }) => {
    const { code, stdout, stderr } = await calledAs(world, 'llorch-pool')('git status');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error: There is no git repository at ${world.path('work')}.`);
  });
});

describe('the command line of llorch-pool', () => {
  test.for(['llorch-pool', 'pool-ctl', 'llorch'])(
    'is the same under the name %s',
    async (name, { world }) => {
      const { repo } = await createPlace(world);
      expect(await calledAs(world, name)('git submodules list', { cwd: repo.dir })).toMatchObject({
        code: 0,
      });
      const { stdout } = await calledAs(world, name)('--version');
      expect(stdout).toMatch(/^llorch-pool \d/);
    },
  );

  test('may begin with the word pool, as the orchestrator has it', async ({ world }) => {
    const { repo } = await createPlace(world);
    expect(await calledAs(world, 'llorch')('pool git submodules list', { cwd: repo.dir })).toMatchObject({
      code: 0,
    });
  });

  test.for(['dev doctor', 'status'])('%s comes with a later part', async (line, { world }) => {
    const { code, stderr } = await calledAs(world, 'llorch-pool')(line);
    expect(code).toBe(1);
    expect(stderr).toContain(`error: llorch-pool ${line.split(' ')[0]} comes with a later part of Gantry.`);
  });

  test('exits with 2 where it is wrong', async ({ world }) => {
    const { code, stderr } = await calledAs(world, 'llorch-pool')('git statu');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "git status"?');
  });
});
