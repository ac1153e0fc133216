import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { failureOf } from '../../../src/engines/core/errors.ts';
import { applyCommit, checkCommit } from '../../../src/engines/git/commit/commit.ts';
import { planCommit } from '../../../src/engines/repo/commit.ts';
import { concludeRepos } from '../../../src/engines/repo/conclude.ts';
import { testContext } from '../../rig/context.ts';
import type { Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { applied } from '../git/application.ts';
import { observed } from '../git/observed.ts';
import { carryOut, inverseOf } from './carry-out.ts';

const workspaceOf = async (world: World, states: Record<string, State>) => {
  const workspace = await createWorkspace(world, states);
  return { workspace, context: testContext(world, { workspace: workspace.dir }) };
};

const hook = async (repo: Repo, name: string, script: string) => {
  await repo.write(`.git/hooks/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(repo.path('.git/hooks', name), 0o755);
};

const messageOf = (repo: Repo) => repo.git('log', '-1', '--format=%B');

describe('a commit', () => {
  test('takes what is staged in every repo, says of the rest why not, and comes back as it was', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, {
      api: 'staged',
      web: 'dirty',
      docs: 'untracked',
      clean: 'clean',
      away: 'detached',
    });
    await workspace.repo('away').write('new.txt');
    await workspace.repo('away').git('add', 'new.txt');
    const before = await Promise.all(workspace.names.map((name) => observed(workspace.repo(name))));
    const receipt = await carryOut(
      context,
      await planCommit({ message: 'Say it', repos: [], all: false }, context),
    );
    expect(concludeRepos(receipt).repos.map(({ repo, summary }) => [repo, summary])).toEqual([
      ['api', expect.stringMatching(/^[0-9a-f]{10} on main$/)],
      ['away', expect.stringMatching(/^[0-9a-f]{10} on a detached HEAD$/)],
    ]);
    const again = await planCommit({ message: 'Say it', repos: [], all: false }, context);
    expect(again.steps).toEqual([]);
    expect(again.settled?.map(({ target, reason }) => [target.name, reason])).toEqual([
      ['api', 'nothing to commit'],
      ['web', 'nothing is staged; --all takes its changes'],
      ['docs', 'only untracked files'],
      ['clean', 'nothing to commit'],
      ['away', 'nothing to commit'],
    ]);
    await carryOut(context, inverseOf(receipt));
    expect(await Promise.all(workspace.names.map((name) => observed(workspace.repo(name))))).toEqual(before);
  });

  test('of all changes leaves the index as it was when it is taken back, and is there again when that is', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.write('README.md', 'staged\n');
    await repo.write('added.txt', 'added\n');
    await repo.git('add', 'README.md', 'added.txt');
    await repo.write('README.md', 'changed after staging\n');
    await repo.write('meant.txt', 'meant to be added\n');
    await repo.git('add', '--intent-to-add', 'meant.txt');
    await repo.write('untracked.txt', 'untracked\n');
    const before = await observed(repo);
    const receipt = await carryOut(
      context,
      await planCommit({ message: 'All', repos: [], all: true }, context),
    );
    expect(await repo.git('status', '--porcelain')).toBe('?? untracked.txt');
    const after = await observed(repo);
    const undone = await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
    await carryOut(context, inverseOf(undone));
    expect(await observed(repo)).toEqual(after);
  });

  test('can be taken back while the work goes on, and not once something else is staged', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'staged' });
    const repo = workspace.repo('api');
    const receipt = await carryOut(
      context,
      await planCommit({ message: 'First', repos: [], all: false }, context),
    );
    await repo.write('later.txt', 'later\n');
    await repo.git('add', 'later.txt');
    await expect(carryOut(context, inverseOf(receipt))).rejects.toThrow('git.index');
    await repo.git('reset', '--quiet');
    await carryOut(context, inverseOf(receipt));
    expect(await repo.git('status', '--porcelain')).toBe('M  README.md\n?? later.txt');
  });

  test('before which there was none leaves the branch without one when it is taken back', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'unborn' });
    const repo = workspace.repo('api');
    await repo.write('first.txt', 'first\n');
    await repo.git('add', 'first.txt');
    const before = await observed(repo);
    const receipt = await carryOut(
      context,
      await planCommit({ message: 'First', repos: [], all: false }, context),
    );
    expect(await repo.git('rev-list', '--count', 'HEAD')).toBe('1');
    await carryOut(context, inverseOf(receipt));
    expect(await observed(repo)).toEqual(before);
  });

  test('has its message whatever is in it', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'staged' });
    const message = '--amend # not an option\n\n# kept\n$(touch hacked) \u001b[31m `id`';
    const receipt = await carryOut(context, await planCommit({ message, repos: [], all: false }, context));
    expect((await messageOf(workspace.repo('api'))).trimEnd()).toBe(message);
    expect(receipt.steps).toHaveLength(1);
    for (const bad of ['', ' \n', 'a\0b']) {
      const failure = await planCommit({ message: bad, repos: [], all: false }, context).catch(failureOf);
      expect(failure).toMatchObject({ code: 'message-unusable', exit: 'usage' });
    }
  });

  test('runs the hooks of the repo as git does, and fails where they do', async ({ world }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'staged', web: 'staged' });
    const [api, web] = [workspace.repo('api'), workspace.repo('web')];
    await hook(api, 'commit-msg', 'echo "Signed-off-by: hook" >> "$1"');
    await hook(web, 'pre-commit', 'echo "no tests, no commit" >&2; exit 1');
    const before = await observed(web);
    const draft = await planCommit({ message: 'Hooked', repos: [], all: false }, context);
    await carryOut(context, { steps: draft.steps.filter(({ target }) => target.name === 'api') });
    expect(await messageOf(api)).toContain('Signed-off-by: hook');
    const rest = { steps: draft.steps.filter(({ target }) => target.name === 'web') };
    const failure = await carryOut(context, rest).catch(failureOf);
    expect(failure).toMatchObject({
      code: 'git-failed',
      message: expect.stringContaining('no tests, no commit'),
    });
    expect(await observed(web)).toEqual(before);
  });

  test('is refused in a conflict, in an unfinished merge, and where nobody is known to commit', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, {
      api: 'conflicted',
      web: 'conflicted',
      docs: 'staged',
    });
    await workspace.repo('web').write('README.md', 'resolved\n');
    await workspace.repo('web').git('add', 'README.md');
    await workspace.repo('docs').git('config', 'user.useConfigOnly', 'true');
    await world.run('git', ['config', '--global', '--remove-section', 'user']);
    const { steps, refused } = await planCommit({ message: 'No', repos: [], all: true }, context);
    expect(steps).toEqual([]);
    expect(refused?.map(({ target, failure }) => [target.name, failure.code])).toEqual([
      ['api', 'conflicts'],
      ['web', 'operation-unfinished'],
      ['docs', 'identity-unknown'],
    ]);
  });

  test('that happened before its receipt was written is known again; one that did not is made', async ({
    world,
  }) => {
    const { workspace, context } = await workspaceOf(world, { api: 'staged' });
    const repo = workspace.repo('api');
    const call = applied(repo, { message: 'Once', all: false, from: await repo.oid() });
    expect(await checkCommit(call, context)).toBeUndefined();
    const done = await applyCommit(call, context);
    expect(await checkCommit(call, context)).toEqual(done);
    await repo.commit('Somebody else went on');
    expect(await checkCommit(call, context)).toBeUndefined();
    expect(existsSync(repo.path('hacked'))).toBe(false);
    expect(readFileSync(repo.path('.git/HEAD'), 'utf8')).toBe('ref: refs/heads/main\n');
  });
});
