import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';

const RESET = ['repo', 'reset', 'api'];

const planned = async (world: World, words: readonly string[]) => {
  const document = (await world.gantry([...words, '--dry-run', '--json'])).json() as unknown as {
    plan: { hash: string; needsApproval: boolean };
  };
  return document.plan;
};

import { succeed } from '../succeed.ts';

describe('a plan that discards work', () => {
  test('is shown and waits, headless, and nothing is changed', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const before = await pictureOf(workspace.repo('api'));
    const { code, stdout, stderr } = await world.gantry(RESET);
    expect(code).toBe(9);
    expect(stdout).toMatch(/\$ git reset --hard [0-9a-f]{40} --/);
    const [, hash] = /^plan ([0-9a-f]{64})$/m.exec(stdout) ?? [];
    expect(stderr).toContain(`next: the same command with --plan ${hash?.slice(0, 12)}`);
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
  });

  test('has one hash, whoever plans it and however it is asked for', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { hash, needsApproval } = await planned(world, RESET);
    expect(needsApproval).toBe(true);
    const waiting = (await world.gantry([...RESET, '--json'])).json() as unknown as {
      plan: { hash: string };
    };
    expect(waiting.plan.hash).toBe(hash);
    const elsewhere = ['--workspace', world.path('work'), ...RESET];
    const { stdout } = await world.gantry([...elsewhere, '--dry-run'], { cwd: world.path('home') });
    expect(stdout).toContain(`plan ${hash}`);
  });

  test('is applied by its hash, or the beginning of it, from another process', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const { hash } = await planned(world, RESET);
    const { code, json } = await world.gantry([...RESET, '--plan', hash.slice(0, 12), '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ ok: true, receipt: { status: 'done', plan: hash } });
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe('');
  });

  test('is not applied when the world has moved since it was shown', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const { hash } = await planned(world, RESET);
    await workspace.repo('api').write('README.md', 'changed once more\n');
    const before = await pictureOf(workspace.repo('api'));
    const { code, stderr } = await world.gantry([...RESET, '--plan', hash]);
    expect(code).toBe(9);
    expect(stderr).toMatch(/^error: The plan is now [0-9a-f]{12}, not [0-9a-f]{12}\.$/m);
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
  });

  test('is not applied by a hash that nobody was shown', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { code, stderr } = await world.gantry([...RESET, '--plan', 'f'.repeat(64)]);
    expect(code).toBe(9);
    expect(stderr).toContain('next: gantry repo reset --dry-run');
  });

  test('is applied at once with --yes', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    await succeed(world, [...RESET, '--yes']);
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe('');
  });

  test('is shown by its hash in any process, before and after it was applied', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { hash } = await planned(world, RESET);
    const before = await world.gantry(['activity', 'show', hash.slice(0, 12)]);
    expect(before.stdout).toContain('not applied');
    await world.gantry([...RESET, '--plan', hash]);
    const after = await world.gantry(['activity', 'show', '1']);
    expect(after.stdout).toMatch(/\$ git reset --hard/);
  });
});

describe('--dry-run', () => {
  test('of a removal lists what would go, and leaves it', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { code, stdout } = await world.gantry(['workspace', 'remove', 'api', '--delete', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('(destructive)');
    expect(existsSync(workspace.path('api'))).toBe(true);
  });
});

describe('--retry', () => {
  test('plans the targets that failed, and no other', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched', web: 'diverged', site: 'behind' });
    expect(await world.gantry(['workspace', 'sync'])).toMatchObject({ code: 3 });
    await workspace.repo('web').git('reset', '--quiet', '--hard', 'HEAD~1');
    const { code, json } = await world.gantry(['workspace', 'sync', '--retry', '1', '--json']);
    expect(code).toBe(0);
    expect(json().data).toEqual({ repos: [expect.objectContaining({ repo: 'web', status: 'done' })] });
    expect(await workspace.repo('web').oid()).toBe(await workspace.remote('web').oid('main'));
  });

  test('of an activity in which nothing failed says so', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await world.gantry(['workspace', 'sync']);
    const { code, stderr } = await world.gantry(['workspace', 'sync', '--retry', '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('error: Nothing of activity 1 failed.');
  });

  test.for([
    [
      'another action',
      ['repo', 'pull', '--retry', '1'],
      'Activity 1 is of workspace.sync, not of repo.pull.',
    ],
    [
      'other arguments',
      ['workspace', 'sync', 'api', '--retry', '1'],
      'What is tried again has the arguments of activity 1.',
    ],
    [
      'another workspace',
      ['workspace', 'sync', '--retry', '1', '--workspace', '../other'],
      'Activity 1 is of the workspace ',
    ],
  ] as const)('of %s is refused', async ([, command, message], { world }) => {
    await createWorkspace(world, { api: 'diverged' });
    await world.gantry(['workspace', 'sync']);
    await succeed(world, ['workspace', 'init', '--directory', '../other']);
    const { code, stderr } = await world.gantry(command);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
  });
});
