import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { gantryWell } from './house.ts';

const COMMAND = 'echo "$LEVEL $REGION $GREETING"; exec sleep 1000';

const lastLine = async (world: World) =>
  (await world.gantry(['process', 'logs', 'web:0', '--tail', '1'])).stdout.trim();

const says = (world: World, line: string) =>
  until(async () => (await lastLine(world)) === line, { what: `the line ${line}` });

describe('given sets of variables', () => {
  test('when a service starts, then it has them below its own; what changes counts from its next start on', async ({
    world,
  }) => {
    await gantryWell(world, 'env', 'set', 'LEVEL=info', 'REGION=everywhere', 'GREETING=hello');
    await gantryWell(world, 'env', 'set', 'REGION=north', '--env', 'prod');
    const start = ['service', 'start', '--name', 'web', '--command', COMMAND, '--env', 'prod'];
    await gantryWell(world, ...start, '--set', 'GREETING=welcome');
    await says(world, 'info north welcome');
    await gantryWell(world, 'env', 'set', 'LEVEL=debug', '--service', 'web');
    await gantryWell(world, 'service', 'restart', 'web');
    await says(world, 'debug north welcome');
    await gantryWell(world, 'undo', '4');
    await gantryWell(world, 'env', 'unset', 'REGION', '--env', 'prod');
    await gantryWell(world, 'service', 'restart', 'web');
    await says(world, 'info everywhere welcome');
    const { data } = (await world.gantry(['env', 'list', '--json'])).json<{ variables: object[] }>();
    expect(data.variables).toEqual([
      { set: 'default', name: 'GREETING', value: 'hello' },
      { set: 'default', name: 'LEVEL', value: 'info' },
      { set: 'default', name: 'REGION', value: 'everywhere' },
    ]);
  });

  test('when a command is run, then it has its own and its input, and without its input it is not run', async ({
    world,
  }) => {
    await writeFile(world.path('work', 'input'), 'from a file\n');
    const run = ['process', 'run', 'cat; echo "$LEVEL"', '--name', 'once', '--set', 'LEVEL=debug'];
    await gantryWell(world, ...run, '--stdin', 'input');
    await until(
      async () => (await world.gantry(['process', 'logs', 'once'])).stdout === 'from a file\ndebug\n',
      { what: 'what it was given' },
    );
    const missing = await world.gantry(['process', 'run', 'cat', '--stdin', 'nowhere', '--json']);
    expect(missing.json().error.message).toMatch(/its input \S+nowhere could not be read \(ENOENT\)/);
  });

  test('when a name looks like a secret or is none, then nothing is kept, and the value is said nowhere', async ({
    world,
  }) => {
    const refused = await world.gantry(['env', 'set', 'GITHUB_TOKEN=hunter2', '--json']);
    expect(refused.json().error).toMatchObject({ code: 'variable-secret' });
    const invalid = await world.gantry(['env', 'set', '2FA=hunter2', '--json']);
    expect(invalid.json().error).toMatchObject({ code: 'variable-invalid' });
    expect(refused.stdout + refused.stderr + invalid.stdout + invalid.stderr).not.toContain('hunter2');
    expect((await world.gantry(['env', 'get', 'LEVEL', '--json'])).json().error.code).toBe('variable-unset');
  });
});
