import { mkdir, rename, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { HOSTILE_BRANCHES, HOSTILE_NAMES } from '../../rig/names.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, filesBelow, pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { expectNoControls, expectOneError } from '../told.ts';

const ESCAPES = '\x1b]0;owned\x07\x1b[2J\u009b31m\u202e\u2028\r\b';

/** Everything that git lets a stranger name: files, branches, authors, messages, remotes, submodule paths. */
const hostileRepo = async (world: World): Promise<Repo> => {
  const workspace = await createWorkspace(world, { api: 'behind' });
  const repo = workspace.repo('api');
  await repo.git('config', 'user.name', `Eve ${ESCAPES}`);
  await repo.commit(`Subject ${ESCAPES}`, { [`tracked ${ESCAPES}`]: `content ${ESCAPES}\n` });
  await repo.write(`tracked ${ESCAPES}`, `changed ${ESCAPES}\n`);
  for (const name of Object.values(HOSTILE_NAMES)) await repo.write(name, `of ${name}\n`);
  const refs = Object.values(HOSTILE_BRANCHES).map((branch) => `create refs/heads/${branch} HEAD\n`);
  await world.run('git', ['-C', repo.dir, 'update-ref', '--stdin'], { input: refs.join('') });
  await repo.git('remote', 'add', 'hostile', `ext::sh -c touch% owned ${ESCAPES}`);
  await repo.git('config', 'remote.hostile.skipFetchAll', 'true');
  return repo;
};

const expectNotOwned = async (world: World) => {
  const found = Object.keys(await filesBelow(world.path('work')));
  expect(found.filter((path) => path === 'owned' || path.endsWith('/owned'))).toEqual([]);
};

/** Everything that shows what strangers have named. */
const SHOWING = [
  ['repo', 'status'],
  ['repo', 'status', '--commits'],
  ['repo', 'detail', 'api'],
  ['repo', 'log', 'api'],
  ['repo', 'diff', 'api'],
  ['repo', 'branches', 'api'],
  ['repo', 'remotes', 'api'],
  ['repo', 'reset', 'api', '--dry-run'],
  ['repo', 'clean', 'api', '--dry-run'],
  ['repo', 'fetch', 'api'],
  ['repo', 'pull', 'api'],
  ['workspace', 'status'],
  ['workspace', 'exec', '--', 'git', 'log', '-p'],
  ['workspace', 'exec', '--', 'git', '-c', 'core.quotePath=false', 'status', '--short'],
];

describe('names that want to be commands, options and escape sequences', () => {
  test('are text to whatever shows them, for people and in JSON', async ({ world }) => {
    await hostileRepo(world);
    for (const words of SHOWING) {
      expectNoControls(await world.gantry(words));
      const json = await world.gantry(words, { env: { GANTRY_JSON: '1' } });
      expectNoControls(json);
      expect(json.json()).toMatchObject({ schemaVersion: 1, action: words.slice(0, 2).join('.') });
    }
    await expectNotOwned(world);
  });

  test('survive reset, clean and undo to the byte', async ({ world }) => {
    const repo = await hostileRepo(world);
    const before = await pictureOf(repo);
    expectNoControls(await succeed(world, ['repo', 'clean', 'api', '--yes']));
    expectNoControls(await succeed(world, ['repo', 'reset', 'api', '--yes']));
    expect(await repo.git('status', '--porcelain')).toBe('');
    expectNoControls(await succeed(world, ['undo']));
    expectNoControls(await succeed(world, ['undo']));
    expect(await pictureOf(repo)).toEqual(before);
    await expectSound(repo);
    await expectNotOwned(world);
  });

  test('are text to activity as well', async ({ world }) => {
    await hostileRepo(world);
    await world.gantry(['repo', 'clean', 'api', '--yes']);
    for (const words of [['show', '1'], ['list'], ['show', '1', '--json']]) {
      expectNoControls(await succeed(world, ['activity', ...words]));
    }
  });

  test('are branches that can be reset to', async ({ world }) => {
    const repo = await hostileRepo(world);
    for (const branch of Object.values(HOSTILE_BRANCHES)) {
      await repo.write('README.md', `on the way to ${branch}\n`);
      expectNoControls(await succeed(world, ['repo', 'reset', 'api', '--yes', `--to=${branch}`]));
      expect(await repo.git('status', '--porcelain', '--untracked-files=no')).toBe('');
    }
    await expectNotOwned(world);
  });
});

describe('a workspace in a directory', () => {
  test('of any name works', async ({ world }) => {
    for (const name of Object.values(HOSTILE_NAMES)) {
      const dir = world.path('work', name);
      await createWorkspace(world, { api: 'clean' }, { dir });
      expectNoControls(await succeed(world, ['workspace', 'sync'], { cwd: dir }));
      expectNoControls(await succeed(world, ['repo', 'status', '--json', `--workspace=${name}`]));
    }
    await expectNotOwned(world);
  });

  test('with a line break cannot pass for more lines of an error', async ({ world }) => {
    const dir = world.path('work', 'x\nnext: touch owned');
    await mkdir(dir, { recursive: true });
    const finished = await world.gantry(['workspace', 'status'], { cwd: dir });
    expect(finished.code).toBe(4);
    expectOneError(finished);
    expect(finished.stderr).not.toMatch(/^next: touch/m);
  });
});

describe('repositories below a directory', () => {
  test('are adopted by any name that can be said; the others are named, and left alone', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, {
      'two words': 'clean',
      'naïve-日本語': 'clean',
      plain: 'clean',
    });
    await rename(workspace.path('plain'), workspace.path('\x1b[31mred'));
    await rename(workspace.path('.gantry'), world.path('unused'));
    const finished = await world.gantry(['workspace', 'adopt', '--yes']);
    expect(finished.code).not.toBe(0);
    expectOneError(finished);
    const { data } = (await world.gantry(['workspace', 'list', '--json'])).json<{
      repos: { name: string }[];
    }>();
    expect(data.repos.map(({ name }) => name).toSorted()).toEqual(['naïve-日本語', 'two words']);
  });
});

describe('the name of a repo', () => {
  test.for([
    ['escape', '\x1b[31mred'],
    ['newline', 'two\nlines'],
    ['dash', '-rf'],
    ['parent', '../outside'],
    ['bidi', 'abc\u202edef'],
    ['empty', ''],
  ])('with %s is refused, when it is added and in the manifest', async ([, name], { world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const url = workspace.remote('api').dir;
    const added = await world.gantry(['workspace', 'add', url, `--name=${name}`]);
    expect(added.code).toBe(2);
    expectOneError(added);

    const manifest = workspace.path('.gantry', 'workspace.toml');
    await writeFile(
      manifest,
      `[workspace]\nname = "demo"\n\n[[repos]]\nname = ${JSON.stringify(name)}\nurl = "x"\n`,
    );
    const listed = await world.gantry(['workspace', 'list']);
    expect(listed.code).toBe(4);
    expect(listed.stderr).toContain(`${manifest}:5:`);
    expectOneError(listed);
  });

  test.for(['-rf', '--upload-pack=touch owned', '$(touch owned)', 'a;touch owned', '\x1b]0;owned\x07'])(
    '%j that nobody has is one error',
    async (name, { world }) => {
      await createWorkspace(world, { api: 'clean' });
      const finished = await world.gantry(['repo', 'fetch', '--', name]);
      expect(finished.code).toBe(2);
      expectOneError(finished);
      await expectNotOwned(world);
    },
  );
});

describe('an address', () => {
  test.for([
    '--upload-pack=touch owned',
    '-u',
    'ext::sh -c touch% owned',
    'https://ada:secret@example.test/x.git',
  ])('%j is not cloned from', async (url, { world }) => {
    await createWorkspace(world, { api: 'clean' });
    const finished = await world.gantry(['workspace', 'add', '--name=new', '--yes', '--', url]);
    expect(finished.code).not.toBe(0);
    expectOneError(finished);
    expect(finished.stderr).not.toContain('secret');
    await expectNotOwned(world);
  });
});
