import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  type Field,
  failures,
  likenesses,
  succeeds,
  withGitFlow,
} from './field.ts';

/** A release or hotfix with one commit. */
const started = async ({ stage, workspace }: Field, kind: 'release' | 'hotfix', name: string) => {
  await succeeds(stage, `flow.${kind}.start`, { name });
  for (const each of workspace.names)
    await commitOnly(workspace.repo(each), `Prepare ${name}`, { 'version.txt': `${name}\n` });
};

const refsOf = async ({ workspace }: Field, name: string) =>
  (
    await workspace.repo(name).git('for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/tags')
  ).split('\n');

describe.each(['release', 'hotfix'] as const)('a %s', (kind) => {
  test('is merged into main, tagged, merged back, and only then gone; all of it comes back', async ({
    world,
  }) => {
    const field = await createField(world, 'api', 'web');
    for (const name of field.workspace.names) await withGitFlow(field.workspace.repo(name));
    await started(field, kind, '1.4.0');
    const plan = await field.stage.plan(`flow.${kind}.finish`, { name: '1.4.0', repos: ['api'] });
    const words = plan.described.map(({ calls }) => calls[0]?.summary);
    expect(words).toEqual([
      'switch to main',
      `merge ${kind}/1.4.0 into main`,
      'tag main as 1.4.0',
      'switch to develop',
      'merge 1.4.0 into develop',
      `unset gitflow.branch.${kind}/1.4.0.base`,
      `delete ${kind}/1.4.0`,
    ]);
    const finish = () => succeeds(field.stage, `flow.${kind}.finish`, { name: '1.4.0' });
    await expectUndone(field, finish);
    await finish();
    const repo = field.workspace.repo('web');
    expect(await refsOf(field, 'web')).toEqual(['develop', 'main', '1.4.0']);
    expect(await repo.git('branch', '--show-current')).toBe('develop');
    expect(await repo.git('cat-file', '-t', '1.4.0')).toBe('tag');
    expect(await repo.oid('1.4.0^{commit}')).toBe(await repo.oid('main'));
    expect(await repo.git('log', '-1', '--format=%s', 'main')).toBe(`Merge branch '${kind}/1.4.0'`);
    expect(await repo.git('log', '-1', '--format=%s', 'develop')).toBe("Merge tag '1.4.0' into develop");
    expect(await repo.git('merge-base', '--is-ancestor', 'main', 'develop')).toBe('');
  });

  test('is named by a version, and only one is open', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    const before = await likenesses(field.workspace);
    for (const name of ['1.4', 'v1.4.0', 'next', '1.4.0 ', '1.4.0\n', '']) {
      const found = await failures(field.stage, `flow.${kind}.start`, { name });
      expect({ name, code: Object.values(found)[0]?.code }).toEqual({
        name,
        code: expect.stringMatching(/^(flow-version-invalid|ref-invalid)$/),
      });
    }
    expect(await likenesses(field.workspace)).toEqual(before);
    await succeeds(field.stage, `flow.${kind}.start`, { name: '1.4.0', repos: ['web'] });
    const found = await failures(field.stage, `flow.${kind}.start`, { name: '1.5.0' });
    expect(found.web).toMatchObject({
      code: 'flow-open',
      message: `web has ${kind}/1.4.0 open.`,
      next: [`gantry flow ${kind} finish 1.4.0 --repos web`],
    });
    expect(await refsOf(field, 'api')).toEqual(['develop', 'main']);
  });
});

test('what is said of a finish is heeded: no tag, another tag, no back merge by tag, a squash', async ({
  world,
}) => {
  const field = await createField(world, 'none', 'other', 'direct', 'squashed');
  await started(field, 'release', '2.0.0');
  const finish = async (name: string, input: object) =>
    expectUndone(field, () =>
      succeeds(field.stage, 'flow.release.finish', { name: '2.0.0', repos: [name], ...input }),
    ).then(() => succeeds(field.stage, 'flow.release.finish', { name: '2.0.0', repos: [name], ...input }));
  await finish('none', { notag: true });
  expect(await refsOf(field, 'none')).toEqual(['develop', 'main']);
  await finish('other', { tagname: 'first', message: 'Version two\n\n-d $(id)' });
  expect(await refsOf(field, 'other')).toEqual(['develop', 'main', 'vfirst']);
  expect(await field.workspace.repo('other').git('tag', '--list', '--format=%(contents)')).toContain(
    'Version two\n\n-d $(id)',
  );
  await finish('direct', { nobackmerge: true });
  expect(await field.workspace.repo('direct').git('log', '-1', '--format=%s', 'develop')).toBe(
    "Merge branch 'release/2.0.0' into develop",
  );
  await finish('squashed', { squash: true });
  const squashed = field.workspace.repo('squashed');
  expect((await squashed.git('log', '-1', '--format=%P', 'main')).split(' ')).toHaveLength(1);
  expect(await squashed.git('show', 'develop:version.txt')).toBe('2.0.0');
});

test('with --push its own tag goes along, and no other', async ({ world }) => {
  const field = await createField(world, 'api');
  const repo = field.workspace.repo('api');
  await repo.git('tag', 'mine');
  await started(field, 'hotfix', '1.0.1');
  await succeeds(field.stage, 'flow.hotfix.finish', { name: '1.0.1', push: true });
  const remote = field.workspace.remote('api');
  expect(await remote.git('for-each-ref', '--format=%(refname)')).toBe(
    'refs/heads/develop\nrefs/heads/main\nrefs/tags/v1.0.1',
  );
  for (const branch of ['main', 'develop']) expect(await remote.oid(branch)).toBe(await repo.oid(branch));
});

test('a hotfix without a commit is not tagged as if it had fixed something', async ({ world }) => {
  const field = await createField(world, 'api');
  await succeeds(field.stage, 'flow.hotfix.start', { name: '1.0.1' });
  const before = await likenesses(field.workspace);
  expect((await failures(field.stage, 'flow.hotfix.finish', { name: '1.0.1' })).api).toMatchObject({
    code: 'flow-nothing',
    next: ['gantry flow hotfix delete 1.0.1 --repos api'],
  });
  expect(await likenesses(field.workspace)).toEqual(before);
});

test('a tag that is taken stops the finish before main is touched', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  await started(field, 'release', '1.4.0');
  await field.workspace.repo('web').git('tag', 'v1.4.0', 'main');
  const before = await likenesses(field.workspace);
  const found = await failures(field.stage, 'flow.release.finish', { name: '1.4.0' });
  expect(found.web?.code).toBe('flow-tag-exists');
  expect(await likenesses(field.workspace)).toEqual(before);
});

test.for(['bad..name', '-d', 'a b', '1.4.0/'])(
  'a name of a tag that git does not allow, %j, stops it before main is touched',
  async (tagname, { world }) => {
    const field = await createField(world, 'api');
    await withGitFlow(field.workspace.repo('api'));
    await started(field, 'release', '1.4.0');
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, 'flow.release.finish', { name: '1.4.0', tagname });
    expect(found.api?.code).toBe('ref-invalid');
    expect(await likenesses(field.workspace)).toEqual(before);
  },
);

test('a tag that cannot stand beside another stops it before main is touched', async ({ world }) => {
  const field = await createField(world, 'api');
  await started(field, 'release', '1.4.0');
  await field.workspace.repo('api').git('tag', 'v1.4.0/rc', 'main');
  const before = await likenesses(field.workspace);
  const found = await failures(field.stage, 'flow.release.finish', { name: '1.4.0' });
  expect(found.api?.code).toBe('flow-tag-exists');
  expect(await likenesses(field.workspace)).toEqual(before);
});

test('a conflict that only the merge back meets is forecast, and what is advised resolves it', async ({
  world,
}) => {
  const field = await createField(world, 'api', 'web');
  await started(field, 'hotfix', '1.0.1');
  const web = field.workspace.repo('web');
  await web.git('switch', '--quiet', 'develop');
  await commitOnly(web, 'Another version', { 'version.txt': '2.0.0-dev\n' });
  const before = await likenesses(field.workspace);
  const found = await failures(field.stage, 'flow.hotfix.finish', { name: '1.0.1' });
  expect(found).toMatchObject({ web: { code: 'merge-conflict', exit: 'git' } });
  expect((await likenesses(field.workspace)).web).toEqual(before.web);
  expect(await refsOf(field, 'api')).toEqual(['develop', 'main', 'v1.0.1']);
  expect(found.web?.next).toEqual([
    `git -C ${web.dir} switch hotfix/1.0.1`,
    `git -C ${web.dir} merge develop`,
  ]);
  await web.git('switch', '--quiet', 'hotfix/1.0.1');
  await web.tryGit('merge', 'develop');
  await commitOnly(web, 'Resolve', { 'version.txt': '2.0.0\n' });
  await succeeds(field.stage, 'flow.hotfix.finish', { name: '1.0.1' });
  expect(await refsOf(field, 'web')).toEqual(['develop', 'main', 'v1.0.1']);
});

test('with an SSH key, merge and tag are signed, also where only the key is configured', async ({
  world,
}) => {
  const key = world.path('home', 'key');
  await world.run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ada@example.test', '-f', key]);
  const field = await createField(world, 'api', 'web');
  await world.run('git', ['config', '--global', 'gpg.format', 'ssh']);
  await world.run('git', ['config', '--global', 'user.signingkey', `${key}.pub`]);
  await started(field, 'release', '1.4.0');
  const finish = (name: string, input: object) =>
    succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', repos: [name], ...input });
  await expectUndone(field, () => finish('api', { sign: true }));
  await finish('web', {});
  const api = field.workspace.repo('api');
  await finish('api', {});
  for (const repo of [api, field.workspace.repo('web')])
    expect(await repo.git('cat-file', 'tag', 'v1.4.0')).toContain('BEGIN SSH SIGNATURE');
  await succeeds(field.stage, 'flow.feature.start', { name: 'login', repos: ['api'] });
  await commitOnly(api, 'Begin', { 'login.txt': 'login\n' });
  await succeeds(field.stage, 'flow.feature.finish', { name: 'login', sign: true });
  expect(await api.git('cat-file', 'commit', 'develop')).toContain('BEGIN SSH SIGNATURE');
});
