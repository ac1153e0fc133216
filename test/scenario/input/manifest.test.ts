import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectOneError } from '../told.ts';

const BROKEN = {
  'no TOML': ['[workspace]\nname = "demo\n', '2:13'],
  'a key twice': ['[workspace]\nname = "demo"\nname = "other"\n', '3:'],
  'a repo without a name': ['[workspace]\nname = "demo"\n\n[[repos]]\nurl = "x"\n', '4:1: repos[0].name'],
  'a name of the wrong type': ['[workspace]\nname = "demo"\n\n[[repos]]\nname = 7\n', '5:1: repos[0].name'],
  'two repos of one name': [
    '[workspace]\nname = "demo"\n\n[[repos]]\nname = "api"\n\n[[repos]]\nname = "api"\n',
    '8:1: repos[1].name: a repo named api stands above',
  ],
  'no workspace at all': ['[[repos]]\nname = "api"\n', '1:1: workspace'],
} as const;

describe('a broken manifest', () => {
  test.for(Object.entries(BROKEN))('with %s names line and column', async ([, [text, says]], { world }) => {
    const workspace = await createWorkspace(world, {});
    const manifest = workspace.path('.gantry', 'workspace.toml');
    await writeFile(manifest, text);
    const finished = await world.gantry(['workspace', 'list']);
    expect(finished.code).toBe(4);
    expect(finished.stderr).toContain(`error: ${manifest}:${says}`);
    expectOneError(finished);
  });

  test.for([
    ['workspace', 'add', 'https://example.test/web.git'],
    ['workspace', 'remove', 'api', '--yes'],
    ['workspace', 'adopt', '.', '--yes'],
    ['workspace', 'init', 'https://example.test/web.git', '--yes'],
    ['workspace', 'sync'],
    ['config', 'set', 'repo.budget', '900', '--scope', 'workspace'],
  ] as const)('is never overwritten by %s %s', async (words, { world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const manifest = workspace.path('.gantry', 'workspace.toml');
    const text = '# kept by hand\n[workspace\nname = "demo"\n';
    await writeFile(manifest, text);
    const finished = await world.gantry([...words]);
    expect(finished.code).not.toBe(0);
    expectOneError(finished);
    expect(await readFile(manifest, 'utf8')).toBe(text);
  });

  test('that is no text at all is left alone', async ({ world }) => {
    const workspace = await createWorkspace(world, {});
    const manifest = workspace.path('.gantry', 'workspace.toml');
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5d]);
    await writeFile(manifest, bytes);
    const finished = await world.gantry(['workspace', 'list']);
    expect(finished.code).toBe(4);
    expectOneError(finished);
    expect(await readFile(manifest)).toEqual(bytes);
  });
});

test('broken settings are named by line and never overwritten', async ({ world }) => {
  await world.gantry(['config', 'set', 'undo.keepDays', '14']);
  const file = `${world.env.XDG_CONFIG_HOME}/gantry/config.json`;
  const text = '{\n  "undo": \n';
  await writeFile(file, text);
  const finished = await world.gantry(['config', 'set', 'undo.keepDays', '15']);
  expect(finished.code).toBe(2);
  expect(finished.stderr).toContain(file);
  expectOneError(finished);
  expect(await readFile(file, 'utf8')).toBe(text);
});
