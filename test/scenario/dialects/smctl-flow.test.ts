import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace, type Workspace } from '../../rig/workspace.ts';
import { calledAs } from './called.ts';

/** Two repos in which the branching model is set up. */
const createFlow = async (world: World) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const smctl = calledAs(world, 'smctl');
  await smctl('flow init');
  return { workspace, smctl };
};

const branches = async (workspace: Workspace, repo: string) =>
  (await workspace.repo(repo).git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).split('\n');

describe('smctl flow init', () => {
  test('makes develop in every repo', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const smctl = calledAs(world, 'smctl');
    expect(await smctl('flow init --dry-run')).toMatchObject({
      code: 10,
      stdout: 'would initialize git flow in 2 repos\n',
    });
    const { code, stdout, stderr } = await smctl('flow init');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}✓ api — .*\n {2}✓ web — .*\n$/);
    expect(await branches(workspace, 'api')).toEqual(['develop', 'main']);
    expect(await workspace.repo('web').git('config', 'gitflow.prefix.feature')).toBe('feature/');
  });
});

describe('smctl flow feature', () => {
  test('starts, lists and finishes in all repos', async ({ world }) => {
    const { workspace, smctl } = await createFlow(world);
    expect((await smctl('flow feature list')).stdout).toBe('no active features\n');
    expect(await smctl('flow feature start login --dry-run')).toMatchObject({
      code: 10,
      stdout: "would start feature 'login'\n",
    });
    expect(await branches(workspace, 'api')).not.toContain('feature/login');

    expect(await smctl('flow feature start login')).toMatchObject({
      code: 0,
      stdout: "started feature 'feature/login'\n",
      stderr: '',
    });
    expect((await smctl('flow feature list')).stdout).toBe('  api — feature/login\n  web — feature/login\n');
    const listed = await smctl('flow feature list --json');
    expect(JSON.parse(listed.stdout)).toEqual([
      { repo_name: 'api', branch: 'feature/login', branch_type: 'Feature' },
      { repo_name: 'web', branch: 'feature/login', branch_type: 'Feature' },
    ]);

    for (const repo of ['api', 'web']) await workspace.repo(repo).commit('Login', { 'login.txt': 'login\n' });
    expect(await smctl('flow feature finish login --dry-run')).toMatchObject({
      code: 10,
      stdout: "would finish feature 'login'\n",
    });
    expect(await smctl('flow feature finish login')).toMatchObject({
      code: 0,
      stdout: "finished feature 'feature/login'\n",
    });
    expect(await branches(workspace, 'web')).toEqual(['develop', 'main']);
    expect(await workspace.repo('api').git('log', '-1', '--format=%p', 'develop')).toMatch(/^\w+ \w+$/);
  });

  test('starts in the repos that are named, and tells each as JSON', async ({ world }) => {
    const { workspace, smctl } = await createFlow(world);
    const { stdout } = await smctl('flow feature start login --repos api --json');
    expect(JSON.parse(stdout)).toEqual({
      operation: 'feature start',
      branch_name: 'feature/login',
      repos: [{ repo_name: 'api', success: true, message: expect.any(String) }],
    });
    expect(await branches(workspace, 'web')).not.toContain('feature/login');

    await workspace.repo('api').commit('Login', { 'login.txt': 'login\n' });
    const finished = await smctl('flow feature finish login --json --no-delete --squash');
    expect(JSON.parse(finished.stdout)).toMatchObject({
      operation: 'feature finish',
      branch_name: 'feature/login',
    });
    expect(await branches(workspace, 'api')).toContain('feature/login');
    expect(await workspace.repo('api').git('show', 'develop:login.txt')).toBe('login');
  });

  test('starts nowhere where the repos are an empty word, as a shell makes of a variable that is not set', async ({
    world,
  }) => {
    const { workspace, smctl } = await createFlow(world);
    const { code, stdout } = await smctl(['flow', 'feature', 'start', 'login', '--repos', '']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(await branches(workspace, 'api')).not.toContain('feature/login');
  });

  test('that conflicts in one repo is finished in the others, exit code 3, and later by the same command', async ({
    world,
  }) => {
    const { workspace, smctl } = await createFlow(world);
    await smctl('flow feature start login');
    for (const name of ['api', 'web']) await workspace.repo(name).commit('Ours', { 'README.md': 'ours\n' });
    const web = workspace.repo('web');
    await web.switchTo('develop');
    await web.commit('Theirs', { 'README.md': 'theirs\n' });

    const first = await smctl('flow feature finish login');
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('  ✓ api — ');
    expect(first.stdout).toMatch(/^ {2}✗ web — .*conflict/m);
    expect(first.stderr).toMatch(/^error: .*conflict/);
    expect(await branches(workspace, 'api')).not.toContain('feature/login');
    expect(await web.git('status', '--porcelain')).toBe('');

    await web.commit('Ours after all', { 'README.md': 'ours\n' });
    await web.tryGit('merge', '--quiet', 'feature/login', '-X', 'ours');
    expect(await smctl('flow feature finish login')).toMatchObject({
      code: 0,
      stdout: "finished feature 'feature/login'\n",
    });
    expect(await branches(workspace, 'web')).not.toContain('feature/login');
  });

  test('stops before any change where one repo can not take part', async ({ world }) => {
    const { workspace, smctl } = await createFlow(world);
    const web = workspace.repo('web');
    await web.switchTo('main');
    await web.git('branch', '--delete', '--force', 'develop');
    const { code, stdout, stderr } = await smctl('flow feature start login');
    expect(code).toBe(3);
    expect(stdout).not.toContain('started feature');
    expect(stderr).toMatch(/^error: .*web.*develop/);
    expect(await branches(workspace, 'api')).not.toContain('feature/login');
  });
});

describe('smctl flow release and hotfix', () => {
  test.for([
    ['release', '1.4.0', 'develop'],
    ['hotfix', '1.3.1', 'main'],
  ] as const)('%s merges into both branches and tags', async ([kind, version, from], { world }) => {
    const { workspace, smctl } = await createFlow(world);
    const many = kind === 'release' ? 'releases' : 'hotfixes';
    expect((await smctl(`flow ${kind} list`)).stdout).toBe(`no active ${many}\n`);
    expect((await smctl(`flow ${kind} start ${version} --dry-run`)).stdout).toBe(
      `would start ${kind} '${version}'\n`,
    );
    expect((await smctl(`flow ${kind} start ${version} --repos api`)).stdout).toBe(
      `started ${kind} '${kind}/${version}'\n`,
    );
    const api = workspace.repo('api');
    expect(await api.oid(`${kind}/${version}`)).toBe(await api.oid(from));
    await api.commit('Prepare', { 'CHANGELOG.md': `${version}\n` });
    expect((await smctl(`flow ${kind} list`)).stdout).toBe(`  api — ${kind}/${version}\n`);

    expect(await smctl(`flow ${kind} finish ${version}`)).toMatchObject({
      code: 0,
      stdout: `finished ${kind} '${kind}/${version}'\n`,
    });
    for (const branch of ['main', 'develop', `v${version}`]) {
      expect(await api.git('show', `${branch}:CHANGELOG.md`)).toBe(version);
    }
    expect(await branches(workspace, 'api')).toEqual(['develop', 'main']);
  });
});

describe('smctl flow hotfix start without a version', () => {
  test('takes the next patch version after the highest that a repo has', async ({ world }) => {
    const { workspace, smctl } = await createFlow(world);
    for (const tag of ['v1.9.0', 'v1.10.2', 'v2.0.0-rc.1', 'nightly-3.0.0'])
      await workspace.repo('api').git('tag', tag);
    await workspace.repo('web').git('tag', 'v1.2.0');
    expect((await smctl('flow hotfix start --dry-run')).stdout).toBe("would start hotfix '1.10.3'\n");
    expect(await smctl('flow hotfix start')).toMatchObject({
      code: 0,
      stdout: "started hotfix 'hotfix/1.10.3'\n",
    });
    expect(await branches(workspace, 'web')).toContain('hotfix/1.10.3');
  });

  test('goes by the repos that are named', async ({ world }) => {
    const { workspace, smctl } = await createFlow(world);
    await workspace.repo('api').git('tag', 'v1.10.2');
    await workspace.repo('web').git('tag', 'v1.2.0');
    const { stdout } = await smctl('flow hotfix start --repos web --json');
    expect(JSON.parse(stdout)).toMatchObject({ branch_name: 'hotfix/1.2.1', repos: [{ repo_name: 'web' }] });
    expect(await branches(workspace, 'api')).toEqual(['develop', 'main']);
  });

  test('asks for one where there is none to go on from', async ({ world }) => {
    const { workspace, smctl } = await createFlow(world);
    await workspace.repo('api').git('tag', 'nightly');
    const { code, stdout, stderr } = await smctl('flow hotfix start');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error: No repo has a tag that is a version.\n');
    expect(stderr).toContain('next: smctl flow hotfix start VERSION\n');
  });
});

test('smctl flow hotfix may have a name that is no version, and is not tagged then', async ({ world }) => {
  const { workspace, smctl } = await createFlow(world);
  const api = workspace.repo('api');
  expect((await smctl('flow hotfix start fix-auth --repos api')).stdout).toBe(
    "started hotfix 'hotfix/fix-auth'\n",
  );
  await api.commit('Fix it', { 'auth.txt': 'fixed\n' });
  expect(await smctl('flow hotfix finish fix-auth')).toMatchObject({
    code: 0,
    stdout: "finished hotfix 'hotfix/fix-auth'\n",
  });
  for (const branch of ['main', 'develop']) expect(await api.git('show', `${branch}:auth.txt`)).toBe('fixed');
  expect(await api.git('tag', '--list')).toBe('');
});

test('smctl flow sync brings the flow branches of every repo up to date', async ({ world }) => {
  const { smctl } = await createFlow(world);
  const { code, stdout } = await smctl('flow sync');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}✓ api — .*\n {2}✓ web — .*\n$/);
});
