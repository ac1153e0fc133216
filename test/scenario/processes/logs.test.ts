import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { gantryWell, killDaemon } from './house.ts';

type Line = { process: string; at: number; text: string; level: string | null; message?: string };

const WRITES = `echo plain; echo '{"level":50,"msg":"it broke","id":7}'; printf 'a\\033[31mred\\033[0m\\007\\n'; exec sleep 1000`;

describe('given services that write', () => {
  test('when their logs are read, then lines come by time, with level and fields, and nothing reaches the terminal raw', async ({
    world,
  }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', WRITES, '--replicas', '2');
    const read = async (...words: string[]) =>
      (await world.gantry(['service', 'logs', ...words, '--json'])).ndjson<Line>();
    const lines = await until(
      async () => {
        const found = await read('web');
        return found.length === 6 ? found : undefined;
      },
      { what: 'all lines' },
    );
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(lines).toContainEqual(
      expect.objectContaining({ process: 'web:1', level: 'error', message: 'it broke', fields: { id: 7 } }),
    );
    const text = await world.gantry(['service', 'logs', 'web:0']);
    expect(text.stdout).toBe('plain\n{"level":50,"msg":"it broke","id":7}\nared␇\n');
    expect((await read('web:0', '--level', 'warn')).map(({ message }) => message)).toEqual(['it broke']);
    expect((await read('web:0', '--grep', 'pl.in', '--invert')).length).toBe(2);
    expect((await read('web:0', '--tail', '1'))[0]?.text).toContain('red');
    expect(await read('web:0', '--until', '1d')).toEqual([]);
    expect((await read('web', '--since', '1h')).length).toBe(6);
  });

  test('when they are followed, then lines come as they are written, over the death of the daemon and a new run', async ({
    world,
  }) => {
    const command =
      'echo "run begins"; while [ ! -e "$GANTRY_PROCESS" ]; do sleep 0.05; done; echo done; exec sleep 1000';
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', command);
    const following = world.startGantry(['process', 'logs', 'web:0', '--follow']);
    await following.waitFor(/run begins/);
    await killDaemon(world);
    await world.run('touch', ['web:0']);
    await following.waitFor(/done/);
    await gantryWell(world, 'service', 'restart', 'web');
    await following.waitFor(/done\nrun begins/);
  });

  test('when a moment or a pattern makes no sense, then that is said', async ({ world }) => {
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', 'exec sleep 1000');
    const failing = async (...words: string[]) =>
      (await world.gantry(['process', 'logs', 'web:0', ...words])).stderr;
    expect(await failing('--since', 'soon')).toContain('soon is no moment');
    expect(await failing('--grep', '(')).toContain('( is no pattern');
    expect((await world.gantry(['process', 'logs', 'wed:0'])).stderr).toContain('did you mean web:0?');
  });
});
