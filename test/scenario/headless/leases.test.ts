import { describe, expect } from 'vitest';
import type { Lease } from '#engines/lease/types.ts';
import { connect } from '../../app/mcp/client.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';

const RESET = ['repo', 'reset', 'api', '--yes'];

const leases = async (world: World): Promise<Lease[]> =>
  (await succeed(world, ['lease', 'list', '--json'])).json<{ leases: Lease[] }>().data.leases;

const as = (name: string) => ({ env: { GANTRY_HOLDER: name } });

describe('an agent that holds a repo', () => {
  test('keeps a script from discarding its work, which is told who it is and what it can do', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'dirty' });
    const agent = await connect(world);
    await agent.call('lease_take', { name: 'api', note: 'moving the parser' });
    const before = await pictureOf(workspace.repo('api'));

    const shown = await world.gantry(['repo', 'reset', 'api', 'web', '--dry-run']);
    expect(shown.stdout).toContain('  refused api is leased by robot (agent): moving the parser.');
    const { code, stderr } = await world.gantry(RESET);
    expect(code).toBe(8);
    expect(stderr).toContain('error: api is leased by robot (agent): moving the parser.');
    expect(stderr).toContain('next: gantry lease list');
    expect(stderr).toContain('or: gantry lease release api --force');
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
    await succeed(world, ['repo', 'fetch', 'api']);

    const release = ['lease', 'release', 'api', '--force'];
    expect((await world.gantry(release)).code).toBe(9);
    await succeed(world, [...release, '--yes']);
    await succeed(world, RESET);
    expect(await pictureOf(workspace.repo('api'))).not.toEqual(before);
  });

  test('goes on holding it after its process was killed, and it ends in time', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const agent = await connect(world);
    await agent.call('lease_take', { name: 'api', for: 600 });
    process.kill(agent.pid, 'SIGKILL');
    expect((await world.gantry(RESET)).code).toBe(8);
    const [lease] = await leases(world);
    expect(lease).toMatchObject({ holder: 'robot (agent)', live: true });
    expect(Date.parse(lease?.ends ?? '') - (lease?.beatAt ?? 0)).toBe(600_000);
    expect((await succeed(world, ['lease', 'list'])).stdout).toMatch(/ENDS\n.* in 9 min\n/);
  });

  test('is refused what a script holds', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    await succeed(world, ['lease', 'take', 'api'], as('nightly'));
    const agent = await connect(world);
    const { document, isError } = await agent.callApproved('repo_reset', { repos: ['api'] });
    expect(isError).toBe(true);
    expect(document.error).toMatchObject({
      code: 'leased',
      message: 'api is leased by nightly (script).',
      exitCode: 8,
    });
    expect(await workspace.repo('api').git('status', '--porcelain')).not.toBe('');
  });
});

describe('many who want one repo', () => {
  test('at once: one gets it, and the others are told who', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const names = ['a', 'b', 'c', 'd'];
    const ended = await Promise.all(names.map((name) => world.gantry(['lease', 'take', 'api'], as(name))));
    const got = names.filter((_, index) => ended[index]?.code === 0);
    expect(got).toHaveLength(1);
    expect(await leases(world)).toMatchObject([{ holder: `${got[0]} (script)` }]);
    for (const { code, stderr } of ended.filter((one) => one.code !== 0)) {
      expect(code).toBe(8);
      expect(stderr).toContain(`error: api is leased by ${got[0]} (script)`);
    }
  });

  test('one after the other: the holder itself is not in its own way', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    await succeed(world, ['lease', 'take', 'api', '--for', '60', '--as', 'nightly']);
    expect((await world.gantry(RESET)).code).toBe(8);
    await succeed(world, RESET, as('nightly'));
    await succeed(world, ['lease', 'release', 'api'], as('nightly'));
    expect(await leases(world)).toEqual([]);
  });
});

test('whoever watches sees what other processes take and let go', async ({ world }) => {
  await createWorkspace(world, { api: 'clean' });
  const watching = world.startGantry(['lease', 'watch', '--json']);
  await watching.waitFor(/"complete":true/);
  await succeed(world, ['lease', 'take', 'api']);
  await watching.waitFor(/"live":true/);
  await succeed(world, ['lease', 'release', 'api']);
  await watching.waitFor(/"drop":\["[^"]+"\]/);
  await watching.stop('SIGINT');
});

test('a note reaches no terminal as a command', async ({ world }) => {
  await createWorkspace(world, { api: 'dirty' });
  const note = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil';
  const taken = await succeed(world, ['lease', 'take', 'api', '--note', note, '--as', '\u001b[31mred']);
  const told = [
    taken,
    await world.gantry(['lease', 'take', 'api', '--note', note, '--dry-run']),
    await world.gantry(['lease', 'list']),
    await world.gantry(['lease', 'list', '--json']),
    await world.gantry(RESET),
    await world.gantry(['activity', 'show', '1']),
  ];
  for (const { stdout, stderr } of told)
    expect(`${stdout}${stderr}`).not.toMatch(/[\u001b\u0007\u009b\u202e]/);
  expect(await leases(world)).toMatchObject([{ note, holder: '\u001b[31mred (script)' }]);
});
