import { existsSync, readdirSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { createRemote } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createStage, outcomesOf, writeText } from './stage.ts';

describe('workspace init', () => {
  test('given addresses, it writes the manifest and clones them all', async ({ world }) => {
    const stage = createStage(world);
    const api = await createRemote(world, world.path('remotes', 'api.git'));
    const web = await createRemote(world, world.path('remotes', 'web.git'));

    const receipt = await stage.receipt('workspace.init', {
      repos: [api.dir, `site=${web.dir}`],
      name: 'shop',
    });

    expect(receipt.status).toBe('done');
    expect(await readFile(world.path('work', '.gantry', 'workspace.toml'), 'utf8')).toContain(
      'name = "shop"',
    );
    const { repos } = await stage.data<{ repos: object[] }>('workspace.list');
    expect(repos).toMatchObject([
      { name: 'api', url: api.dir, path: world.path('work', 'api'), cloned: true },
      { name: 'site', url: web.dir, path: world.path('work', 'site'), cloned: true },
    ]);
  });

  test('given a remote that is missing, the others are cloned, and running it again clones what is left', async ({
    world,
  }) => {
    const stage = createStage(world);
    const api = await createRemote(world, world.path('remotes', 'api.git'));
    const lost = world.path('remotes', 'lost.git');

    const first = await stage.receipt('workspace.init', { repos: [api.dir, lost] });
    expect(first.status).toBe('failed');
    expect(outcomesOf(first, 'api')).toEqual(['done']);
    expect(existsSync(world.path('work', 'lost'))).toBe(false);

    await createRemote(world, lost);
    const second = await stage.receipt('workspace.init');
    expect(outcomesOf(second, 'api')).toEqual(['skipped: is cloned already']);
    expect(outcomesOf(second, 'lost')).toEqual(['done']);
  });

  test('given a manifest without clones, it clones them without changing the manifest', async ({ world }) => {
    const stage = createStage(world);
    const api = await createRemote(world, world.path('remotes', 'api.git'));
    const text = `[workspace]\nname = "shop" # ours\n\n[[repos]]\nname = "api"\nurl = "${api.dir}"\n`;
    await writeText(world.path('work', '.smctl', 'workspace.toml'), text);

    expect((await stage.receipt('workspace.init')).status).toBe('done');
    expect(existsSync(world.path('work', 'api', '.git'))).toBe(true);
    expect(await readFile(world.path('work', '.smctl', 'workspace.toml'), 'utf8')).toBe(text);
    expect(existsSync(world.path('work', '.gantry'))).toBe(false);
  });

  test('given files where a repo belongs, that repo is refused and the files stay', async ({ world }) => {
    const stage = createStage(world);
    const api = await createRemote(world, world.path('remotes', 'api.git'));
    await writeText(world.path('work', 'api', 'notes.txt'), 'mine\n');

    const receipt = await stage.receipt('workspace.init', { repos: [api.dir] });
    expect(receipt.steps.map((step) => step.failure?.code)).toContain('repo-path-taken');
    expect(await readFile(world.path('work', 'api', 'notes.txt'), 'utf8')).toBe('mine\n');
  });

  test('a dry run writes nothing', async ({ world }) => {
    const stage = createStage(world);
    const plan = await stage.plan('workspace.init', { repos: ['https://example.test/api.git'] });
    expect(plan.steps.map(({ id }) => id)).toEqual(['manifest', 'api/1']);
    expect(existsSync(world.path('work', '.gantry'))).toBe(false);
  });

  test('given a file where the manifest belongs, the failure says so and the file stays', async ({
    world,
  }) => {
    const stage = createStage(world);
    await writeText(world.path('work', '.gantry'), 'mine\n');
    const receipt = await stage.receipt('workspace.init');
    expect(receipt.steps).toMatchObject([{ status: 'failed', failure: { code: 'manifest-unwritable' } }]);
    expect(await readFile(world.path('work', '.gantry'), 'utf8')).toBe('mine\n');
  });

  test('what it did is undone: the clone goes, and so does the manifest', async ({ world }) => {
    const stage = createStage(world);
    const api = await createRemote(world, world.path('remotes', 'api.git'));
    const { activity } = await stage.receipt('workspace.init', { repos: [api.dir] });

    expect((await stage.receipt('undo', { id: activity }, { approval: { yes: true } })).status).toBe('done');
    expect(existsSync(world.path('work', 'api'))).toBe(false);
    expect(existsSync(world.path('work', '.gantry'))).toBe(false);
  });

  test('given something else beside the manifest, undo leaves that and its folder', async ({ world }) => {
    const stage = createStage(world);
    const { activity } = await stage.receipt('workspace.init', { repos: [] });
    await writeText(world.path('work', '.gantry', 'notes.txt'), 'mine\n');

    await stage.receipt('undo', { id: activity }, { approval: { yes: true } });
    expect(readdirSync(world.path('work', '.gantry'))).toEqual(['notes.txt']);
  });

  test.for([
    ['an option for an address', '--upload-pack=touch owned', 'repo-url-unusable'],
    ['an escape sequence in it', 'https://example.test/\x1b[31mred.git', 'repo-url-unusable'],
    ['a password in it', 'https://ada:secret@example.test/api.git', 'repo-url-unusable'],
    ['a name with a dash before it', '-x=https://example.test/api.git', 'repo-url-unusable'],
    ['an address without a name', 'https://example.test/..', 'repo-name-unusable'],
  ])('given %s, nothing is done', async ([, given, code], { world }) => {
    const failure = await createStage(world).failure('workspace.init', { repos: [given as string] });
    expect(failure).toMatchObject({ code, exit: 'usage' });
    expect(failure.message).not.toMatch(/secret|\x1b/);
    expect(existsSync(world.path('work', '.gantry'))).toBe(false);
  });

  test('two different addresses under one name are refused', async ({ world }) => {
    const stage = createStage(world);
    const repos = ['https://example.test/a/api.git', 'https://example.test/b/api.git'];
    expect(await stage.failure('workspace.init', { repos })).toMatchObject({ code: 'repo-exists' });
  });
});

describe('finding a workspace', () => {
  test('it is found from any directory in it, and .gantry goes before .smctl', async ({ world }) => {
    const stage = createStage(world);
    await writeText(world.path('work', '.smctl', 'workspace.toml'), '[workspace]\nname = "old"\n');
    const deep = world.path('work', 'a', 'b', 'c');
    await writeText(`${deep}/file`, '');
    expect(await stage.data('workspace.status', {}, { cwd: deep })).toMatchObject({ name: 'old' });

    await writeText(world.path('work', '.gantry', 'workspace.toml'), '[workspace]\nname = "new"\n');
    expect(await stage.data('workspace.status', {}, { cwd: deep })).toMatchObject({
      name: 'new',
      root: world.path('work'),
    });
  });

  test('where there is none, the failure says what to run', async ({ world }) => {
    expect(await createStage(world).failure('workspace.status')).toMatchObject({
      code: 'workspace-missing',
      exit: 'workspace',
      next: ['gantry workspace adopt', 'gantry demo'],
    });
  });

  test('a manifest that is no text is reported and left alone', async ({ world }) => {
    const stage = createStage(world);
    await writeText(world.path('work', '.gantry', 'workspace.toml'), '');
    const bytes = Buffer.from([0xff, 0xfe, 0x00]);
    await writeFile(world.path('work', '.gantry', 'workspace.toml'), bytes);
    expect(await stage.failure('workspace.list')).toMatchObject({ code: 'manifest-unreadable' });
    expect(await stage.failure('workspace.init', { repos: ['host:x.git'] })).toMatchObject({
      code: 'manifest-unreadable',
    });
    expect(await readFile(world.path('work', '.gantry', 'workspace.toml'))).toEqual(bytes);
  });

  test('an unknown repo is named with the nearest one', async ({ world }) => {
    const stage = createStage(world);
    await writeText(
      world.path('work', '.gantry', 'workspace.toml'),
      '[workspace]\nname = "w"\n[[repos]]\nname = "gateway"\n[[repos]]\nname = "web"\n',
    );
    expect(await stage.failure('workspace.sync', { repos: ['gatway'] })).toMatchObject({
      code: 'repo-unknown',
      exit: 'usage',
      details: { nearest: 'gateway' },
    });
  });

  test('a manifest that is a link stays one when it is written', async ({ world }) => {
    const stage = createStage(world);
    await writeText(world.path('shared.toml'), '[workspace]\nname = "w"\n');
    await writeText(world.path('work', '.gantry', 'x'), '');
    await symlink(world.path('shared.toml'), world.path('work', '.gantry', 'workspace.toml'));
    const api = await createRemote(world, world.path('remotes', 'api.git'));
    await stage.receipt('workspace.add', { url: api.dir });
    expect(await readFile(world.path('shared.toml'), 'utf8')).toContain('name = "api"');
  });
});
