import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { writeVault } from '../../rig/vault.ts';
import { gantryWell, marked } from './house.ts';

const SECRET = 'correct horse battery staple';

describe('given a vault', () => {
  test('when it is linked, then its secrets reach the processes and stand in no file, list, log or plan', async ({
    world,
  }) => {
    await writeVault(world.path('home', '.jos', 'secrets'), { API_KEY: SECRET });
    const said = [
      await gantryWell(world, 'secrets', 'link', 'secrets', '--env', 'prod'),
      await gantryWell(world, 'env', 'set', 'API_URL=https://example.org', '--env', 'prod'),
      await gantryWell(
        world,
        'service',
        'start',
        '--name',
        'web',
        '--env',
        'prod',
        '--command',
        'exec sleep 1000',
      ),
      await gantryWell(world, 'service', 'start', '--name', 'other', '--command', 'exec sleep 1000'),
      await gantryWell(world, 'secrets', 'list', '--json'),
      await gantryWell(world, 'process', 'inspect', 'web:0', '--json'),
      await gantryWell(world, 'service', 'inspect', 'web', '--json'),
      await gantryWell(world, 'activity', 'list', '--json'),
    ];
    expect(said.map(({ stdout, stderr }) => stdout + stderr).join()).not.toContain(SECRET);
    expect(said[4]?.json().data).toMatchObject({ secrets: [{ set: 'prod', name: 'API_KEY' }] });
    const environment = async (name: string) => {
      const [pid] = await until(() => marked(world).get(name), { what: name });
      return readFile(`/proc/${pid}/environ`, 'utf8');
    };
    expect(await environment('web:0')).toContain(`API_KEY=${SECRET}`);
    expect(await environment('other:0')).not.toContain(SECRET);
    for (const file of await filesBelow(world.path('home')))
      expect({ file, has: (await readFile(file)).includes(SECRET) }).toEqual({ file, has: false });
  });

  test('when others can read its key, or it is none, then it is not linked', async ({ world }) => {
    const dir = world.path('home', '.jos', 'secrets');
    await writeVault(dir, { API_KEY: SECRET });
    await chmod(join(dir, '.master'), 0o644);
    const open = await world.gantry(['secrets', 'link', 'secrets', '--json']);
    expect(open.json().error).toMatchObject({ code: 'vault-open', next: [`chmod 600 ${dir}/.master`] });
    const missing = await world.gantry(['secrets', 'link', './nowhere', '--json']);
    expect(missing.json().error).toMatchObject({ code: 'vault-missing' });
  });

  test('when its key changes, then what needs it is not started, and says why', async ({ world }) => {
    const dir = world.path('home', '.jos', 'secrets');
    await writeVault(dir, { API_KEY: SECRET });
    await gantryWell(world, 'secrets', 'link', 'secrets');
    const { stdout: key } = await world.run('sh', [
      '-c',
      `tr 0-9a-f 1-9a-f0 < ${dir}/.master > new; cat new > ${dir}/.master`,
    ]);
    expect(key).toBe('');
    const start = ['service', 'start', '--name', 'web', '--command', 'exec sleep 1000', '--json'];
    const { message } = (await world.gantry(start)).json().error;
    expect(message).toMatch(/^web:0 could not be started: .*API_KEY was not written with its key/);
    expect(marked(world).size).toBe(0);
  });
});

const filesBelow = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
