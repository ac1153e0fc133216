import { execFileSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { wordsIn } from '#engines/core/shell.ts';
import { commitOnly, createFlowWorkspace, likenesses } from '../../engines/flow/field.ts';
import { repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { type Workspace, writeManifest } from '../../rig/workspace.ts';
import { expectSound, expectUnlocked } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { expectNoControls, expectOneError } from '../told.ts';

const begin = async (world: World, workspace: Workspace, name = 'login') => {
  await succeed(world, ['flow', 'feature', 'start', name]);
  for (const each of workspace.names)
    await commitOnly(workspace.repo(each), `Begin ${name}`, { 'README.md': `${name} of ${each}\n` });
};

/** The commands that an error advises, run as they stand; what stands for something else is put in its place. */
const follow = async (world: World, workspace: Workspace, advice: readonly string[]) => {
  const ended = [];
  for (const line of advice) {
    const [program = '', ...words] = wordsIn(line.replace('MESSAGE', 'work').replace('BRANCH', 'main'));
    const run = () => world.run(program, words, { cwd: workspace.dir });
    const { code, stderr, stdout } =
      program === 'gantry' ? await world.gantry([...words, '--yes']) : await run();
    ended.push({ line, code, said: `${stderr}${stdout}` });
  }
  return ended;
};

describe('one repo of eight', () => {
  const EIGHT = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

  test('without develop stops everything, and what is advised makes it start', async ({ world }) => {
    const workspace = await createFlowWorkspace(world, ...EIGHT);
    const repo = workspace.repo('six');
    await repo.git('switch', '--quiet', 'main');
    await repo.git('branch', '--quiet', '-D', 'develop');
    const before = await likenesses(workspace);
    const refused = await world.gantry(['flow', 'feature', 'start', 'login']);
    expect(refused.code).toBe(3);
    expectOneError(refused);
    expect(refused.stderr).toContain('error: six has no branch develop.');
    expect(await likenesses(workspace)).toEqual(before);
    const [first, ...others] = [...refused.stderr.matchAll(/^(?:next| {2}or): (.+)$/gm)].map(
      ([, line = '']) => line,
    );
    expect([first, ...others]).toEqual([
      'gantry repo checkout develop --repos six',
      'gantry flow init --repos six',
    ]);
    expect(await follow(world, workspace, [first as string])).toMatchObject([{ code: 0 }]);
    await succeed(world, ['flow', 'feature', 'start', 'login']);
    for (const name of EIGHT)
      expect(await workspace.repo(name).git('branch', '--show-current')).toBe('feature/login');
  });
});

describe('what is advised', () => {
  const ways: Record<
    string,
    { spoil: (workspace: Workspace) => Promise<unknown>; command: string[]; begun?: boolean; ends?: number[] }
  > = {
    'where a file is changed': {
      begun: true,
      spoil: (workspace) => workspace.repo('web').write('README.md', 'changed\n'),
      command: ['flow', 'feature', 'finish', 'login'],
      ends: [0, 0, 0],
    },
    'where a merge conflicts': {
      begun: true,
      spoil: async (workspace) => {
        const repo = workspace.repo('web');
        await repo.git('switch', '--quiet', 'develop');
        await commitOnly(repo, 'Otherwise', { 'README.md': 'otherwise\n' });
      },
      command: ['flow', 'feature', 'finish', 'login'],
      ends: [0, 1],
    },
    'where develop is behind': {
      spoil: async (workspace) => {
        const repo = workspace.repo('web');
        const before = await repo.oid();
        await commitOnly(repo, 'Others', { 'others.txt': 'others\n' });
        await repo.git('push', '--quiet');
        await repo.git('reset', '--quiet', '--hard', before);
      },
      command: ['flow', 'feature', 'start', 'login'],
      ends: [0],
    },
    'where a version is open': {
      spoil: (workspace) => workspace.repo('web').git('switch', '--quiet', '-c', 'release/1.3.0'),
      command: ['flow', 'release', 'start', '1.4.0'],
      ends: [0],
    },
    'where the name is taken': {
      spoil: (workspace) => workspace.repo('web').branch('feature/login', 'main'),
      command: ['flow', 'feature', 'start', 'login'],
      ends: [0],
    },
    'where the name is taken on the remote': {
      spoil: (workspace) => workspace.repo('web').git('push', '--quiet', 'origin', 'develop:feature/login'),
      command: ['flow', 'feature', 'start', 'login'],
      ends: [0],
    },
    'where it is checked out elsewhere': {
      begun: true,
      spoil: async (workspace) => {
        const repo = workspace.repo('web');
        await repo.git('switch', '--quiet', 'main');
        await repo.git('worktree', 'add', '--quiet', `${repo.dir}-login`, 'feature/login');
      },
      command: ['flow', 'feature', 'finish', 'login', '--repos', 'web'],
    },
    'where nothing is named': {
      spoil: async () => {},
      command: ['flow', 'feature', 'finish'],
      ends: [0],
    },
    'where a branch is unmerged': {
      begun: true,
      spoil: async () => {},
      command: ['flow', 'feature', 'delete', 'login', '--repos', 'web'],
      ends: [0, 3],
    },
    'where no branch can be main': {
      spoil: (workspace) => workspace.repo('web').git('branch', '--quiet', '-m', 'main', 'stable'),
      command: ['flow', 'init'],
    },
    'where a version is none': {
      spoil: async () => {},
      command: ['flow', 'release', 'start', 'next'],
      ends: [0, 0],
    },
    'where a merge is unfinished': {
      spoil: async (workspace) => {
        const repo = workspace.repo('web');
        await repo.git('switch', '--quiet', '-c', 'other', 'main');
        await commitOnly(repo, 'Other', { 'plan.txt': 'other\n' });
        await repo.tryGit('merge', 'develop');
      },
      command: ['flow', 'feature', 'start', 'login'],
      ends: [0, 0],
    },
  };

  test.for(Object.entries(ways))(
    '%s, is understood as it stands',
    async ([, { spoil, command, begun, ends }], { world }) => {
      const workspace = await createFlowWorkspace(world, 'api', 'web');
      if (begun) await begin(world, workspace);
      await spoil(workspace);
      const refused = await world.gantry(command);
      expect([1, 2, 3]).toContain(refused.code);
      expectOneError(refused);
      const advice = [...refused.stderr.matchAll(/^(?:next| {2}or): (.+)$/gm)].map(([, line = '']) => line);
      const followed = await follow(world, workspace, advice);
      for (const { line, code, said } of followed) {
        expect({ line, said }).not.toMatchObject({
          said: expect.stringMatching(/usage:|unknown option|not a git command/),
        });
        expect({ line, said, usage: code === 2 || code === 129 }).toMatchObject({ usage: false });
      }
      const found = followed.map(({ line, code }) => ({ line, code }));
      const wanted = followed.map(({ line, code }, index) => ({ line, code: ends ? ends[index] : code }));
      expect(found).toEqual(wanted);
    },
  );
});

test('a feature from start to finish over three repos, one of which conflicts, and all of it taken back', async ({
  world,
}) => {
  const workspace = await createFlowWorkspace(world, 'api', 'web', 'docs');
  const seen = [await likenesses(workspace)];
  await begin(world, workspace);
  seen.push(await likenesses(workspace));
  const web = workspace.repo('web');
  await web.git('switch', '--quiet', 'develop');
  await commitOnly(web, 'Otherwise', { 'README.md': 'otherwise\n' });
  const before = await likenesses(workspace);
  const first = await world.gantry(['flow', 'feature', 'finish', 'login', '--json']);
  expect(first.code).toBe(3);
  expect(first.json()).toMatchObject({
    error: { code: 'merge-conflict' },
    data: {
      repos: expect.arrayContaining([
        expect.objectContaining({ repo: 'api', status: 'done' }),
        expect.objectContaining({ repo: 'web', status: 'refused' }),
      ]),
    },
  });
  expect((await likenesses(workspace)).web).toEqual(before.web);
  await web.git('switch', '--quiet', 'feature/login');
  await web.tryGit('merge', 'develop');
  await commitOnly(web, 'Resolve', { 'README.md': 'both\n' });
  const resolved = await likenesses(workspace);
  await succeed(world, ['flow', 'feature', 'finish', 'login']);
  expect(await web.git('show', 'develop:README.md')).toBe('both');
  await succeed(world, ['undo']);
  expect(await likenesses(workspace)).toEqual(resolved);
  await succeed(world, ['undo']);
  const { web: still, ...others } = await likenesses(workspace);
  const { web: _, ...expected } = before;
  expect(others).toEqual(expected);
  expect(still).toEqual(resolved.web);
});

describe('two processes that finish the same feature at once', () => {
  test.for([1, 2])('make exactly one merge, and both say what came of it, %j', async (_, { world }) => {
    const workspace = await createFlowWorkspace(world, 'api', 'web');
    await begin(world, workspace);
    const tips = await Promise.all(workspace.names.map((name) => workspace.repo(name).oid('feature/login')));
    const bases = await Promise.all(workspace.names.map((name) => workspace.repo(name).oid('develop')));
    const both = await Promise.all(
      [1, 2].map(() => world.gantry(['flow', 'feature', 'finish', 'login', '--json'])),
    );
    for (const { code, json, stderr } of both) {
      if (code === 0) continue;
      expect({ code, error: json().error, stderr }).toMatchObject({
        error: {
          code: expect.stringMatching(
            /^(target-busy|world-moved|flow-branch-missing|branch-moved|git-locked|operation-unfinished)$/,
          ),
        },
      });
    }
    if (both.some(({ code }) => code !== 0)) await world.gantry(['flow', 'feature', 'finish', 'login']);
    for (const [index, name] of workspace.names.entries()) {
      const repo = workspace.repo(name);
      expect(await repo.git('rev-list', '--parents', '-1', 'develop')).toMatch(
        new RegExp(`^[0-9a-f]{40} ${bases[index]} ${tips[index]}$`),
      );
      expect(await repo.git('branch', '--list', 'feature/*')).toBe('');
      expect(await repo.git('status', '--porcelain', '--untracked-files=no')).toBe('');
      await expectSound(repo);
    }
    await expectUnlocked(world);
  });
});

test('a hundred repos are started and finished in one plan each', async ({ world }) => {
  const { path, dir, repo, remote } = await createFlowWorkspace(world, 'repo-0');
  const names = Array.from({ length: 100 }, (_, index) => `repo-${index}`);
  for (const name of names.slice(1)) execFileSync('cp', ['-a', path('repo-0'), path(name)]);
  await writeManifest(
    dir,
    'hundred',
    names.map((name) => ({ name, url: remote('repo-0').dir, path: name })),
  );
  const develop = await repo('repo-0').oid('develop');
  const started = (await succeed(world, ['flow', 'feature', 'start', 'login', '--json'])).json();
  expect((started.receipt.steps as unknown[]).length).toBe(100);
  for (const name of names)
    execFileSync('git', ['-C', path(name), 'commit', '--quiet', '--allow-empty', '-m', name], {
      env: world.env,
    });
  const { data, receipt } = (await succeed(world, ['flow', 'feature', 'finish', 'login', '--json'])).json<{
    repos: { status: string }[];
  }>();
  expect(data.repos.filter(({ status }) => status === 'done')).toHaveLength(100);
  expect(receipt).toMatchObject({ activity: '2', status: 'done' });
  for (const name of [names[0], names[57], names[99]] as string[]) {
    const one = repoAt(world, path(name));
    expect(await one.oid('develop^1')).toBe(develop);
    expect(await one.git('log', '-1', '--format=%s', 'develop^2')).toBe(name);
    expect(await one.git('branch', '--list', 'feature/*')).toBe('');
  }
});

test('names and messages with controls never reach the terminal as such', async ({ world }) => {
  const workspace = await createFlowWorkspace(world, 'api');
  const repo = workspace.repo('api');
  const name = 'né\u202ee\u2028\u0085';
  await succeed(world, ['flow', 'feature', 'start', name]);
  await commitOnly(repo, 'Greet \u001b]0;owned\u0007\u001b[31m\u009b31m', { '\u001b[31mred.txt': 'one\n' });
  await repo.git('switch', '--quiet', 'develop');
  await commitOnly(repo, 'Greet otherwise', { '\u001b[31mred.txt': 'two\n' });
  for (const words of [
    ['flow', 'status'],
    ['flow', 'feature', 'list'],
    ['flow', 'feature', 'diff', name],
    ['flow', 'feature', 'finish', name],
    ['flow', 'feature', 'finish', name, '--dry-run'],
    ['flow', 'feature', 'start', 'bad\u001b[31m\nname'],
    ['flow', 'feature', 'checkout', '\u001b[31m'],
  ]) {
    const told = await world.gantry(words);
    expectNoControls(told);
    expect(`${told.stdout}${told.stderr}`).not.toContain('defect in Gantry');
  }
});
