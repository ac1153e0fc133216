import { chmod, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { gitFaults } from '../../rig/faults.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectUnlocked, pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { activity } from './activity.ts';

/** A repo, and the program killed right before the git that its command is about. */
const killedBefore = async (world: World, git: string, state: State, command: readonly string[]) => {
  const workspace = await createWorkspace(world, { api: state });
  const faults = await gitFaults(world);
  await faults.arm({ match: `${git} *`, kill: 'caller', when: 'before' });
  const { signal } = await world.gantry(command);
  expect(signal).toBe('SIGKILL');
  await faults.disarm();
  return { workspace, repo: workspace.repo('api') };
};

const planOf = async (world: World, id: string) =>
  ((await activity(world, id)) as { activity: { plan: string } }).activity.plan;

const errorOf = async (world: World, command: readonly string[]) => {
  const { code, json } = await world.gantry([...command, '--json']);
  const { error } = json() as { error?: { code: string; message: string } };
  return { exit: code, ...error };
};

describe('what is continued', () => {
  test('asks again before it destroys', async ({ world }) => {
    const { repo } = await killedBefore(world, 'reset', 'dirty', ['repo', 'reset', 'api', '--yes']);
    const before = await pictureOf(repo);
    expect(await errorOf(world, ['resume', '1'])).toMatchObject({ exit: 9 });
    expect(await pictureOf(repo)).toEqual(before);
    await succeed(world, ['resume', '1', '--yes']);
    expect(await repo.git('status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  test('is only the call whose plan it was, whatever other call is given its hash', async ({ world }) => {
    const { repo } = await killedBefore(world, 'reset', 'dirty', ['repo', 'reset', 'api', '--yes']);
    const before = await pictureOf(repo);
    const other = ['repo', 'fetch', 'api', '--plan', await planOf(world, '1')];
    expect(await errorOf(world, other)).toMatchObject({ exit: 9, code: 'plan-moved' });
    expect(await pictureOf(repo)).toEqual(before);
  });

  test('goes on in one process, however many begin it', async ({ world }) => {
    const { workspace } = await killedBefore(world, 'merge', 'unfetched', ['workspace', 'sync']);
    const all = await Promise.all([1, 2, 3].map(() => errorOf(world, ['resume', '1'])));
    expect(all.filter(({ exit }) => exit === 0)).toHaveLength(1);
    const others = new Set(all.flatMap(({ code }) => code ?? []));
    expect([...others].filter((code) => !['activity-taken', 'resume-nothing'].includes(code))).toEqual([]);
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
    await expectUnlocked(world);
  });

  test('is over where the same command has come to its end, and asks nobody', async ({ world }) => {
    const push = ['repo', 'push', 'api', '--yes'];
    const { workspace } = await killedBefore(world, 'push', 'ahead', push);
    await succeed(world, push);
    const remote = await workspace.remote('api').oid('main');
    await succeed(world, ['resume', '1']);
    expect(await activity(world, '1')).toMatchObject({ activity: { status: 'done' } });
    expect(await errorOf(world, ['resume', '1'])).toMatchObject({ exit: 2, code: 'resume-nothing' });
    expect(await workspace.remote('api').oid('main')).toBe(remote);
  });

  test('is not over where the same command is another one each time', async ({ world }) => {
    const reset = ['repo', 'reset', 'api', '--yes'];
    const { repo } = await killedBefore(world, 'reset', 'dirty', reset);
    await succeed(world, reset);
    await repo.commit('Since');
    expect(await errorOf(world, ['resume', '1', '--yes'])).toMatchObject({ exit: 1, code: 'world-moved' });
  });

  test('pushes nothing that was committed since', async ({ world }) => {
    const { workspace, repo } = await killedBefore(world, 'push', 'ahead', ['repo', 'push', 'api', '--yes']);
    const remote = await workspace.remote('api').oid('main');
    await repo.commit('Not approved');
    expect(await errorOf(world, ['resume', '1', '--yes'])).toMatchObject({ exit: 1, code: 'world-moved' });
    expect(await workspace.remote('api').oid('main')).toBe(remote);
  });

  test.for([
    ['reset', 'dirty', ['repo', 'reset', 'api', '--yes']],
    ['merge', 'behind', ['repo', 'pull', 'api']],
  ] as const)(
    'leaves another branch alone that was checked out since: %s',
    async ([git, state, command], { world }) => {
      const { repo } = await killedBefore(world, git, state, command);
      await repo.git('switch', '--quiet', '--create', 'mine');
      const before = await pictureOf(repo);
      expect(await errorOf(world, ['resume', '1', '--yes'])).toMatchObject({ exit: 1, code: 'world-moved' });
      expect(await pictureOf(repo)).toEqual(before);
    },
  );

  test.for([
    ['reset', 'dirty', 'README.md'],
    ['clean', 'untracked', 'notes.txt'],
  ] as const)('goes over no file that was changed since: %s', async ([verb, state, file], { world }) => {
    const workspace = await createWorkspace(world, { api: state });
    const repo = workspace.repo('api');
    await repo.write(file, 'mine\n');
    const before = await pictureOf(repo);
    const faults = await gitFaults(world);
    await faults.arm({ match: `${verb} *`, kill: 'caller', when: 'before' });
    await world.gantry(['repo', verb, 'api', '--yes']);
    await faults.disarm();
    await repo.write(file, 'mine, and changed since\n');
    const since = await pictureOf(repo);

    const refused = await errorOf(world, ['resume', '1', '--yes']);
    expect(refused).toMatchObject({ exit: 1, code: 'changed-since' });
    expect(refused.message).toContain(file);
    expect(await pictureOf(repo)).toEqual(since);
    await succeed(world, ['undo', '1']);
    expect(await pictureOf(repo)).toEqual(before);
    await succeed(world, ['redo']);
    expect(await pictureOf(repo)).toEqual(since);
  });

  test.for([3, 12, 25])('is a demo made whole, killed at git %i', async (nth, { world }) => {
    const faults = await gitFaults(world);
    await faults.arm({ nth, kill: 'caller', when: 'after' });
    expect(await world.gantry(['demo', 'shop'])).toMatchObject({ signal: 'SIGKILL' });
    await faults.disarm();
    await succeed(world, ['resume', '1']);
    expect(await activity(world, '1')).toMatchObject({ activity: { status: 'done' } });
    const { json } = await succeed(world, ['workspace', 'status', '--json', '--workspace', 'shop']);
    expect(json().data).toMatchObject({ counts: { repos: 8, cloned: 8 } });
  });

  test('runs no command of the person’s twice: nobody can tell how far it came', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const script = 'echo ran >> ../$(basename "$PWD").log; until [ -e ../go ]; do sleep 0.02; done';
    const exec = ['workspace', 'exec', '--parallel', '1', '--', 'sh', '-c', script];
    const running = world.startGantry(exec);
    await until(async () => (await world.run('cat', ['api.log'])).stdout === 'ran\n', { what: 'it to run' });
    await running.stop('SIGKILL');
    await writeFile(workspace.path('go'), '');
    expect(await errorOf(world, ['resume', '1'])).toMatchObject({ exit: 1, code: 'outcome-unknown' });
    expect((await world.run('cat', ['api.log', 'web.log'])).stdout).toBe('ran\nran\n');
  });
});

test('what git did although it was cancelled stands in the receipt, and is taken back', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'behind' });
  const repo = workspace.repo('api');
  const before = await repo.oid();
  await repo.write(
    '.git/hooks/post-merge',
    '#!/bin/sh\n: > ../merged; until [ -e ../go ]; do sleep 0.02; done\n',
  );
  await chmod(repo.path('.git/hooks/post-merge'), 0o755);
  const running = world.startGantry(['repo', 'pull', 'api', '--json']);
  await until(async () => (await world.run('ls', ['merged'])).code === 0, { what: 'the merge' });
  const ended = running.stop('SIGINT');
  await writeFile(workspace.path('go'), '');
  await ended;
  expect(await repo.oid()).toBe(await workspace.remote('api').oid('main'));
  expect(await activity(world, '1')).toMatchObject({
    activity: { undoable: true },
    steps: expect.arrayContaining([expect.objectContaining({ op: 'git.fast-forward', status: 'done' })]),
  });
  await succeed(world, ['undo']);
  expect(await repo.oid()).toBe(before);
});
