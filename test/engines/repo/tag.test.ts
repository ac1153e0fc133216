import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { concludeRepos } from '../../../src/engines/repo/conclude.ts';
import { planTag } from '../../../src/engines/repo/tag.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { carryOut, inverseOf } from './carry-out.ts';

const workspaceOf = async (world: World, states: Record<string, State>) => {
  const workspace = await createWorkspace(world, states);
  return { workspace, context: testContext(world, { workspace: workspace.dir }) };
};

const TAG = { name: 'v1.2.0', repos: [], sign: false, delete: false };

describe('a tag', () => {
  test('is made in every repo, annotated or not, and undo takes it away', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean', web: 'ahead' });
    const light = await carryOut(context, await planTag({ ...TAG, name: 'light', at: 'HEAD~1' }, context));
    expect(await workspace.repo('api').git('cat-file', '-t', 'light')).toBe('commit');
    const message = '--delete\n\n$(id)';
    const annotated = await carryOut(context, await planTag({ ...TAG, message }, context));
    expect(concludeRepos(annotated).repos.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(await workspace.repo('web').git('tag', '--list', '--format=%(contents)', 'v1.2.0')).toContain(
      message,
    );
    await carryOut(context, inverseOf(annotated));
    await carryOut(context, inverseOf(light));
    for (const name of workspace.names) expect(await workspace.repo(name).git('tag')).toBe('');
  });

  test('that is there at that commit is settled, and at another is left where it is', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean', web: 'clean', docs: 'unborn' });
    await workspace.repo('api').git('tag', 'v1.2.0');
    await workspace.repo('web').git('tag', 'v1.2.0', 'HEAD~1');
    const { steps, settled, refused } = await planTag({ ...TAG, message: 'Version' }, context);
    expect(steps).toEqual([]);
    expect(settled?.map(({ target }) => target.name)).toEqual(['api']);
    expect(refused?.map(({ target, failure }) => [target.name, failure.code])).toEqual([
      ['web', 'tag-taken'],
      ['docs', 'ref-unknown'],
    ]);
  });

  test('that is deleted comes back as the same object', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean', web: 'clean' });
    const repo = workspace.repo('api');
    await repo.git('tag', '--annotate', '--message=Version', 'v1.2.0');
    const oid = await repo.oid('v1.2.0');
    const draft = await planTag({ ...TAG, delete: true }, context);
    expect(draft.settled?.map(({ target, reason }) => [target.name, reason])).toEqual([
      ['web', 'it has no tag v1.2.0'],
    ]);
    const receipt = await carryOut(context, draft);
    expect(await repo.git('tag')).toBe('');
    await carryOut(context, inverseOf(receipt));
    expect(await repo.oid('v1.2.0')).toBe(oid);
  });

  test('is refused under a name that git does not allow, and where options clash', async ({ world }) => {
    const { context } = await workspaceOf(world, { api: 'clean' });
    for (const name of ['-d', 'a..b', 'with space', '']) {
      const { refused } = await planTag({ ...TAG, name }, context);
      expect(refused?.[0]?.failure).toMatchObject({ code: 'ref-invalid', exit: 'usage' });
    }
    const failures = [
      { ...TAG, sign: true },
      { ...TAG, message: ' ' },
      { ...TAG, delete: true, message: 'no' },
    ].map((input) => planTag(input, context).catch((thrown) => failureOf(thrown).code));
    expect(await Promise.all(failures)).toEqual(['message-unusable', 'message-unusable', 'options-clash']);
  });
});
