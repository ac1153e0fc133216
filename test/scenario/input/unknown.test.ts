import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectOneError } from '../told.ts';

describe('a name that is not there suggests the nearest', () => {
  test.for([
    [['repo', 'fetch', 'bilingg'], 'Did you mean billing?'],
    [['workspace', 'sync', 'bill'], 'Did you mean billing?'],
    [['workspace', 'remove', 'biling'], 'Did you mean billing?'],
    [['workspace', 'exec', '--repos', 'biling', '--', 'true'], 'Did you mean billing?'],
    [['repo', 'reset', 'billing', '--to', 'feature/logn'], 'Did you mean feature/login?'],
    [['repo', 'log', 'billing', '--from', 'feature/logn'], 'Did you mean feature/login?'],
    [['repo', 'statsu'], 'did you mean "repo status"?'],
    [['workspac', 'sync', 'billing'], 'did you mean "workspace sync"?'],
    [['config', 'get', 'undo.kepDays'], 'Did you mean undo.keepDays?'],
    [['describe', 'workspace.synk'], 'did you mean workspace.sync?'],
    [['workspace', 'sync', '--quite'], 'Did you mean --quiet?'],
  ] as const)('%j: %s', async ([words, hint], { world }) => {
    const workspace = await createWorkspace(world, { billing: 'clean', web: 'clean' });
    await workspace.repo('billing').branch('feature/login');
    const finished = await world.gantry(words);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain(hint);
    expectOneError(finished);
  });

  test('and in JSON the name for a program to try', async ({ world }) => {
    await createWorkspace(world, { billing: 'clean' });
    const { json } = await world.gantry(['workspace', 'sync', 'biling', '--json']);
    expect(json().error).toMatchObject({
      code: 'repo-unknown',
      details: { name: 'biling', nearest: 'billing' },
      next: ['gantry workspace list'],
    });
  });
});

describe('a name that is nothing like any suggests nothing', () => {
  test.for([[['workspace', 'sync', 'xyzzy']], [['xyzzy']]] as const)('%j', async ([words], { world }) => {
    await createWorkspace(world, { billing: 'clean' });
    const finished = await world.gantry(words);
    expect(finished.code).toBe(2);
    expect(finished.stderr).not.toMatch(/did you mean/i);
    expectOneError(finished);
  });
});

describe('a value that does not fit', () => {
  test.for([
    [['activity', 'list', '--limit', 'many'], 'activity list: --limit takes a whole number from 1 to 10000.'],
    [['activity', 'list', '--limit', '0'], 'activity list: --limit takes a whole number from 1 to 10000.'],
    [['repo', 'log', 'api', '--limit', 'many'], 'repo log: --limit takes a whole number from 1 to 100000.'],
    [['demo', ''], 'demo: directory takes text that is not empty.'],
    [['repo', 'status', ''], 'There is no repo "" in this workspace.\n'],
    [['config', 'set', 'undo.keepDays', 'soon'], 'undo.keepDays'],
    [['activity', 'show', '99'], 'There is no activity or plan 99.'],
    [['undo', '99'], 'There is no activity 99.'],
    [['resume', 'x'], 'There is no activity x.'],
    [['workspace', 'sync', '--retry', '99'], 'There is no activity 99.'],
    [['workspace', 'remove'], "missing required argument 'repo'"],
    [['workspace', 'exec'], "missing required argument 'command'"],
    [['workspace', 'list', 'extra'], 'too many arguments'],
  ] as const)('%j: %s', async ([words, message], { world }) => {
    await createWorkspace(world, { api: 'clean' });
    const finished = await world.gantry(words);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain(message);
    expectOneError(finished);
  });
});
