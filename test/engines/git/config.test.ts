import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { changeBetween, revertedText } from '#engines/git/config/change.ts';
import { sectionIn } from '#engines/git/config/section.ts';
import { gitConfigEdit, gitConfigRevert } from '#engines/git/operations.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';

const TEXTS = {
  usual: '[core]\n\tbare = false\n[gitflow "branch"]\n\tdevelop = develop\n',
  'without an end of line': '[core]\n\tbare = false\n[gitflow "branch"]\n\tdevelop = develop',
  'with Windows line ends': '[core]\r\n\tbare = false\r\n[gitflow "branch"]\r\n\tdevelop = develop\r\n',
  commented: '# one\n[core]\n\tbare = false ; two\n\n[gitflow "branch"] # three\n  develop=develop\n# four\n',
  'with the key twice': '[gitflow "branch"]\n\tdevelop = one\n\tdevelop = two\n[core]\n\tbare = false\n',
  'in other letters': '[CORE]\n\tBare = false\n[GitFlow "branch"]\n\tDevelop = develop\n',
  'in Latin-1': '[core]\n\tbare = false\n[user]\n\tname = Andr\u00e9\n',
};

describe('an edit of the configuration', () => {
  const edits = [
    { key: 'gitflow.branch.develop', value: 'next', before: 'develop' },
    { key: 'gitflow.prefix.feature', value: 'f/', before: null },
    { key: 'gitflow.branch.feature/it\'s "x".base', value: 'develop', before: null },
    { key: 'core.bare', value: 'false', before: 'false' },
  ];

  test.for(Object.entries(TEXTS))(
    'of a file %s, is taken back byte for byte',
    async ([, text], { world }) => {
      const repo = await createRepo(world, world.path('work', 'api'));
      const file = repo.path('.git', 'config');
      await writeFile(file, text, 'latin1');
      const context = testContext(world);
      const call = applied(repo, { edits });
      const { result } = await (await gitConfigEdit.apply())(call, context);
      expect(await repo.git('config', 'gitflow.branch.develop')).toBe('next');
      expect(await repo.git('config', 'gitflow.branch.feature/it\'s "x".base')).toBe('develop');
      const [revert] = gitConfigEdit.invert?.(call.args, result) ?? [];
      const undo = applied(repo, { ...(revert?.args as object), edits: [] } as never);
      await (await gitConfigRevert.apply())(undo, context);
      expect(await readFile(file, 'latin1')).toBe(text);
      await (await gitConfigRevert.apply())(undo, context);
      expect(await readFile(file, 'latin1')).toBe(text);
    },
  );

  test('that was broken off is done again, and says only what it did', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    const context = testContext(world);
    const call = applied(repo, { edits: [{ key: 'gitflow.prefix.feature', value: 'f/', before: null }] });
    const apply = await gitConfigEdit.apply();
    await apply(call, context);
    const text = await readFile(repo.path('.git', 'config'), 'utf8');
    const again = await apply(call, context);
    expect(await readFile(repo.path('.git', 'config'), 'utf8')).toBe(text);
    expect(again.leaves).toEqual([{ fact: 'git.config', args: { key: 'gitflow.prefix.feature' }, is: 'f/' }]);
  });
});

describe('what one change of a text was', () => {
  const cases = [
    ['a\nb\nc\n', 'a\nc\n'],
    ['a\n', 'a\nb\n'],
    ['aaa', 'aa'],
    ['', 'a'],
    ['abab', 'ababab'],
  ] as const;

  test.for(cases)('%j to %j, is found and taken back', ([before, after]) => {
    const change = changeBetween(before, after);
    expect(change && revertedText(after, change)).toBe(before);
    expect(changeBetween(before, before)).toBeNull();
  });

  test('is taken back beside what came since, and left alone where it can not be told apart', () => {
    const change = changeBetween('a\n', 'a\n[x]\n\ty = 1\n');
    expect(change && revertedText('a\nmore\n[x]\n\ty = 1\nend\n', change)).toBe('a\nmore\nend\n');
    const twice = '[x]\n\ty = 1\n[x]\n\ty = 1\n';
    expect(change && revertedText(twice, change)).toBe(twice);
  });
});

test('the section of a branch is found by exactly its name', () => {
  const text = '[branch "a"]\n\tx = 1\n[branch "a\\"b\\\\c"]\n\tx = 2\n[core]\n\tbare = false\n';
  expect(sectionIn(text, 'a')?.text).toBe('[branch "a"]\n\tx = 1\n');
  expect(sectionIn(text, 'a"b\\c')?.text).toBe('[branch "a\\"b\\\\c"]\n\tx = 2\n');
  expect(sectionIn(text, 'A')).toBeUndefined();
});
