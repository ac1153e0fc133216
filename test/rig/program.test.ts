import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { createWorld, type World } from './home.ts';
import { isAlive } from './process.ts';
import { putOnPath } from './program.ts';
import { terminal } from './screen.ts';

/** Stands in for the launcher: a daemon that is a sleep, and a word of every call. */
const LAUNCHER = `
echo "$*" >> "$LOG"
case "$*" in
  'daemon start') setsid sleep 600 > /dev/null 2>&1 < /dev/null & echo $! > "$HOME/pid"; echo $! ;;
  'daemon status --json') printf '{"ok":true,"data":{"pid":%s}}' "$(cat "$HOME/pid")" ;;
  'daemon stop') kill "$(cat "$HOME/pid")" ;;
  *) echo "called with $*" ;;
esac
`;

const withLauncher = async (log: World) => {
  const path = log.path('launcher');
  await writeFile(path, LAUNCHER);
  await writeFile(log.path('calls'), '');
  vi.stubEnv('GANTRY_UNDER_TEST', path);
  log.defer(() => vi.unstubAllEnvs());
  const world = await createWorld({ env: { LOG: log.path('calls') } });
  return {
    world,
    calls: async () => (await readFile(log.path('calls'), 'utf8')).trim().split('\n').filter(Boolean),
  };
};

describe('the program in a world', () => {
  test('is the one that the environment names, also as a command on the path', async () => {
    await using log = await createWorld();
    await using world = (await withLauncher(log)).world;
    await putOnPath(world);
    expect((await world.gantry(['repo', 'status', '--json'])).stdout).toBe(
      'called with repo status --json\n',
    );
    const shell = await terminal(world, ['sh', '-c', 'gantry "two words"']);
    expect(await shell.exit).toEqual({ code: 0, signal: 0 });
    expect(shell.text()).toBe('called with two words');
  });

  test('has its daemon stopped when the world ends', async () => {
    await using log = await createWorld();
    const { world: given, calls } = await withLauncher(log);
    await using world = given;
    const daemon = Number((await world.gantry(['daemon', 'start'])).stdout);
    expect(isAlive(daemon)).toBe(true);
    await world[Symbol.asyncDispose]();
    expect(isAlive(daemon)).toBe(false);
    expect(await calls()).toEqual(['daemon start', 'daemon status --json', 'daemon stop']);
  });

  test('is not asked for a daemon where nothing lives', async () => {
    await using log = await createWorld();
    const { world: given, calls } = await withLauncher(log);
    await using world = given;
    await world[Symbol.asyncDispose]();
    expect(await calls()).toEqual([]);
  });
});
