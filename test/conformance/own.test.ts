import { describe, expect } from 'vitest';
import { test as base } from '../rig/test.ts';
import { imageOf } from './image.ts';
import { begun, clashing, git, on, resolved, steps, tagged, work, workOn } from './steps.ts';
import { gantryItself } from './tools.ts';
import { createBase, type Step, type Twin } from './twin.ts';

/** A repository with git-flow's model, after the steps. */
const test = base.extend<{ flowed: (...given: Step[]) => Promise<Twin> }>({
  flowed: async ({ world }, use) => {
    await use(async (...given) => {
      const twin = await createBase(world, 'flow');
      await steps(...given)(twin);
      return twin;
    });
  },
});

const run = (twin: Twin, words: string) => gantryItself(twin, words.split(' '));

const succeed = async (twin: Twin, words: string) => {
  const { meanings, finished } = await run(twin, words);
  expect(meanings, finished.stdout).toEqual(['ok']);
};

/** Subjects of a branch's first parents, newest first, each with its number of parents. */
const mergesOf = async ({ repo }: Twin, branch: string) =>
  (await repo.git('log', '--first-parent', '--format=%s | %P', branch)).split('\n').map((line) => {
    const [subject, parents = ''] = line.split(' | ');
    return `${subject} (${parents.split(' ').filter(Boolean).length})`;
  });

describe("Gantry's own way", () => {
  test.for([1, 2])('a feature of %i commits is always merged', async (commits, { flowed }) => {
    const twin = await flowed(begun('feature/login', { commits }));
    await succeed(twin, 'feature finish login');
    expect((await mergesOf(twin, 'develop'))[0]).toBe("Merge branch 'feature/login' into develop (2)");
    expect(await twin.repo.git('branch', '--format=%(refname:short)')).toBe('develop\nmain');
  });

  test('a squashed feature is one commit', async ({ flowed }) => {
    const twin = await flowed(begun('feature/login', { commits: 2 }));
    await succeed(twin, 'feature finish login --squash');
    const [newest] = await mergesOf(twin, 'develop');
    expect(newest).toMatch(/ \(1\)$/);
    expect(await twin.repo.git('rev-list', '--count', 'develop')).toBe('3');
  });

  test('a release is merged to main, tagged there, and merged back', async ({ flowed }) => {
    const twin = await flowed(begun('release/1.0.0'), workOn('develop'));
    await succeed(twin, 'release finish 1.0.0');
    expect((await mergesOf(twin, 'main'))[0]).toMatch(/^Merge branch 'release\/1\.0\.0'.* \(2\)$/);
    expect(await twin.repo.git('cat-file', '-t', '1.0.0')).toBe('tag');
    expect(await twin.repo.oid('1.0.0^{commit}')).toBe(await twin.repo.oid('main'));
    expect(await twin.repo.git('rev-list', '--count', 'develop..main')).toBe('0');
    expect(await twin.repo.git('branch', '--format=%(refname:short)')).toBe('develop\nmain');
  });

  test.for([
    ['a feature', begun('feature/login'), 'develop', 'feature finish login'],
    ['a rebased feature', begun('feature/login'), 'develop', 'feature finish login --rebase'],
    ['a squashed feature', begun('feature/login'), 'develop', 'feature finish login --squash'],
    ['a release, with main', begun('release/1.0.0'), 'main', 'release finish 1.0.0'],
    ['a release, with develop', begun('release/1.0.0'), 'develop', 'release finish 1.0.0'],
    ['a hotfix, with main', begun('hotfix/1.0.1', { from: 'main' }), 'main', 'hotfix finish 1.0.1'],
    ['a hotfix, with develop', begun('hotfix/1.0.1', { from: 'main' }), 'develop', 'hotfix finish 1.0.1'],
  ] as const)('a conflict of %s leaves nothing behind', async ([, open, other, words], { flowed }) => {
    const twin = await flowed(open, clashing(other));
    const before = await imageOf(twin);
    const { finished } = await run(twin, words);
    expect(finished.code).toBe(3);
    expect(await imageOf(twin)).toEqual(before);
  });

  test('a conflict that was resolved in the feature is none any more', async ({ flowed }) => {
    const twin = await flowed(begun('feature/login'), clashing('develop'));
    expect((await run(twin, 'feature finish login')).finished.code).toBe(3);
    await twin.repo.tryGit('merge', 'develop');
    await resolved(twin);
    await twin.repo.git('commit', '--quiet', '--no-edit');
    await succeed(twin, 'feature finish login');
    expect((await mergesOf(twin, 'develop'))[0]).toBe("Merge branch 'feature/login' into develop (2)");
  });

  test.for([
    'feature finish log',
    'feature checkout log',
    'feature finish feature/login',
    'feature delete -f log',
  ])('no part of a name is a name: %s', async (words, { flowed }) => {
    const twin = await flowed(begun('feature/login'), on('develop'));
    const before = await imageOf(twin);
    expect((await run(twin, words)).meanings).toContain('refused');
    expect(await imageOf(twin)).toEqual(before);
  });

  test.for([
    ['a release', on('develop'), 'release start spring'],
    ['a hotfix', on('develop'), 'hotfix start 1.0'],
    ['a release with a prefix', on('develop'), 'release start v1.0.0'],
    ['a version that is tagged', tagged('1.0.0'), 'release start 1.0.0'],
  ] as const)('%s is named by a version that is free', async ([, given, words], { flowed }) => {
    const twin = await flowed(given);
    const before = await imageOf(twin);
    expect((await run(twin, words)).meanings).toContain('refused');
    expect(await imageOf(twin)).toEqual(before);
  });

  test('an empty hotfix is no fix', async ({ flowed }) => {
    const twin = await flowed(begun('hotfix/1.0.1', { from: 'main', commits: 0 }));
    const before = await imageOf(twin);
    expect((await run(twin, 'hotfix finish 1.0.1')).meanings).toContain('refused');
    expect(await imageOf(twin)).toEqual(before);
  });

  test('a start that fails leaves no base behind', async ({ flowed }) => {
    const twin = await flowed(git('branch', 'feature/login'), work());
    const before = await imageOf(twin);
    for (const name of ['login', 'login/form', 'a..b'])
      expect((await run(twin, `feature start ${name}`)).meanings).toContain('refused');
    expect(await imageOf(twin)).toEqual(before);
  });
});
