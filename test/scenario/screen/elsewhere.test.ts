import { chmod, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { isAlive, signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';
import { openScreen, rowOf } from './open.ts';

/** A remote that answers once the gate is open; `reached` tells that somebody waits there. */
const gated = async (world: World, repo: Repo) => {
  const [gate, reached, program] = ['gate', 'reached', 'upload-pack'].map((name) => world.path(name)) as [
    string,
    string,
    string,
  ];
  await writeFile(
    program,
    `#!/bin/sh\n: > '${reached}'\nuntil [ -e '${gate}' ]; do sleep 0.02; done\nexec git-upload-pack "$@"\n`,
  );
  await chmod(program, 0o755);
  await repo.git('config', 'remote.origin.uploadpack', program);
  const isThere = async () => (await world.run('test', ['-e', reached])).code === 0;
  return {
    reached: () => until(isThere, { what: 'the fetch to reach the remote' }),
    open: () => writeFile(gate, ''),
  };
};

const daemonPid = async (world: World): Promise<number> => {
  const { data } = (await succeed(world, ['daemon', 'status', '--json'])).json<{ pid: number }>();
  return data.pid;
};

describe('an action begun on the screen', () => {
  test('goes on when the terminal goes away, and is there when the screen comes back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched' });
    const remote = await gated(world, workspace.repo('api'));
    const first = await openScreen(world);
    first.press('p');
    await remote.reached();
    first.hangUp();
    await first.exit;

    const second = await openScreen(world);
    await second.waitFor(/repo\.pull/);
    expect(second.text()).toMatch(/▸ +repo\.pull .*api/);
    await remote.open();
    await second.waitFor(/repo\.pull .*2 done/);
    await second.waitFor((shown) => rowOf(shown, 'api') !== '');
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
  });

  test('is left to the daemon by quitting, too', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched' });
    const remote = await gated(world, workspace.repo('api'));
    const opened = await openScreen(world);
    opened.press('p');
    await remote.reached();
    opened.press('q');
    expect(await opened.exit).toEqual({ code: 0, signal: 0 });
    await remote.open();
    const done = async () =>
      (await workspace.repo('api').oid()) === (await workspace.remote('api').oid('main'));
    await until(done, { what: 'the pull to come to its end' });
  });

  test('is cancelled by ctrl+c, and the screen stays', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched' });
    const remote = await gated(world, workspace.repo('api'));
    const before = await workspace.repo('api').oid();
    const opened = await openScreen(world);
    opened.press('p');
    await remote.reached();
    opened.press('ctrl+c');
    await opened.waitFor(/repo\.pull .*cancelled/);
    expect(await workspace.repo('api').oid()).toBe(before);
    expect(opened.alternate).toBe(true);
  });
});

describe('what others do', () => {
  test('in a shell appears in Activity, with who did it', async ({ world }) => {
    await createWorkspace(world, { api: 'behind' });
    const opened = await openScreen(world);
    await succeed(world, ['repo', 'pull', 'api']);
    await opened.waitFor(/repo\.pull +\S+ shell +api /);
    await opened.waitFor((shown) => !rowOf(shown, 'api').includes('↓1'));
  });

  test('with git alone appears in the row of the repo', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const opened = await openScreen(world);
    await workspace.repo('api').git('switch', '--quiet', '--create', 'topic');
    await opened.waitFor((shown) => rowOf(shown, 'api').includes('topic'));
    await workspace.repo('api').commit('More work', { 'more.txt': 'more\n' });
    await opened.waitFor((shown) => rowOf(shown, 'api').includes('More work'));
  });

  test('to the manifest brings and takes rows', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const opened = await openScreen(world);
    await succeed(world, ['workspace', 'add', workspace.remote('api').dir, '--name', 'twin']);
    await opened.waitFor((shown) => rowOf(shown, 'twin').includes('main'));
    await succeed(world, ['workspace', 'remove', 'twin']);
    await opened.waitFor((shown) => rowOf(shown, 'twin') === '');
  });
});

describe('a daemon that dies under the screen', () => {
  test('is replaced, and the screen goes on', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const opened = await openScreen(world);
    const pid = await daemonPid(world);
    signalTo(pid, 'SIGKILL');
    await until(() => !isAlive(pid), { what: 'the daemon to die' });
    await workspace.repo('api').write('README.md', 'changed after that\n');
    await opened.waitFor((shown) => rowOf(shown, 'api').includes('~1'));
    expect(await daemonPid(world)).not.toBe(pid);
  });

  test('in the middle of a step leaves what resume continues', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched' });
    const remote = await gated(world, workspace.repo('api'));
    const opened = await openScreen(world);
    opened.press('p');
    await remote.reached();
    signalTo(await daemonPid(world), 'SIGKILL');
    await opened.waitFor(/repo\.pull .*interrupted/);
    await opened.waitFor('The connection to the daemon was lost.');
    await remote.open();

    opened.press('esc');
    await opened.idle();
    opened.press('0', 'c');
    await opened.waitFor(/repo\.pull .*2 done/);
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
  });
});
