import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { createRemote, createRepo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { until } from '../../rig/until.ts';
import { gantryWell, killDaemon, processesOf } from '../processes/house.ts';
import { linesIn, untilLines } from '../schedules/house.ts';
import { historyOf, test, triggerOf, untilRuns, writtenBy } from './house.ts';

const NONE = '0'.repeat(40);

/** Added, and seen what there is: from now on whatever changes is a change. */
const addWatching = async (world: World, name: string, ...words: string[]): Promise<void> => {
  await gantryWell(world, 'trigger', 'add', name, ...words);
  await untilSeen(world, name);
};

const untilSeen = (world: World, name: string) =>
  until(() => hasSeen(world, name), { what: `${name} to have looked` });

/** What a trigger has seen stands in the database alone. */
const hasSeen = async (world: World, name: string): Promise<boolean> => {
  const { DatabaseSync } = await import('node:sqlite');
  using database = new DatabaseSync(world.path('home', '.local', 'state', 'gantry', 'gantry.db'), {
    readOnly: true,
    timeout: 10_000,
  });
  const row = database
    .prepare(
      `SELECT count(*) AS seen FROM triggers JOIN trigger_sights USING (name)
       WHERE name = ? AND since = progress ->> 'since'`,
    )
    .get(name);
  return row?.seen === 1;
};

describe('given a trigger of files', () => {
  const PATHS = 'echo "$GANTRY_TRIGGER_COUNT: $GANTRY_TRIGGER_PATHS" | tr "\\n" " "';

  test('when many change at once, then it is one run that knows which, also of those in new directories', async ({
    world,
  }) => {
    await mkdir(world.path('work', 'src'));
    await writeFile(world.path('work', 'src', 'old.ts'), 'one');
    const words = ['--path', 'src/**/*.ts', '--overlap', 'queue', '--command', PATHS];
    await addWatching(world, 'build', '--on', 'file', ...words);
    await mkdir(world.path('work', 'src', 'deep'));
    await writeFile(world.path('work', 'src', 'deep', 'new.ts'), 'two');
    await appendFile(world.path('work', 'src', 'old.ts'), ' more');
    await writeFile(world.path('work', 'src', 'notes.txt'), 'nobody asked');
    expect(await untilRuns(world, 'build', 1)).toMatchObject([
      { outcome: 'done', event: 'new.ts, old.ts changed' },
    ]);
    const [deep, old] = ['deep/new.ts', 'old.ts'].map((name) => world.path('work', 'src', name));
    expect(await writtenBy(world, 'build')).toContain(`2: ${deep} ${old}`);
    await rm(world.path('work', 'src', 'old.ts'));
    expect((await untilRuns(world, 'build', 2))[0]).toMatchObject({ event: 'old.ts changed' });
  });

  test('when its command changes what it watches, then that begins no other run, and the history says so', async ({
    world,
  }) => {
    const command = 'echo again >> watched; echo run >> runs';
    await addWatching(
      world,
      'loop',
      '--on',
      'file',
      '--path',
      'watched',
      '--settle',
      '50ms',
      '--command',
      command,
    );
    await writeFile(world.path('work', 'watched'), 'go\n');
    await untilRuns(world, 'loop', 1);
    const { why } = await until(async () => (await historyOf(world, 'loop')).passed, {
      what: 'what was left out',
    });
    expect(why).toBe('it changed while a run went on');
    await appendFile(world.path('work', 'watched'), 'by hand\n');
    await untilRuns(world, 'loop', 2);
    expect(linesIn(world, 'runs')).toHaveLength(2);
  });

  test('when it is to run for those as well, then the rate is where it comes to rest', async ({ world }) => {
    const command = 'echo again >> watched; echo run >> runs';
    const words = ['--overlap', 'queue', '--rate', '3', '--settle', '10ms', '--command', command];
    await addWatching(world, 'loop', '--on', 'file', '--path', 'watched', ...words);
    await writeFile(world.path('work', 'watched'), 'go\n');
    await until(async () => (await historyOf(world, 'loop')).passed, {
      what: 'the rate to be reached',
      within: 30_000,
    });
    expect((await historyOf(world, 'loop')).passed?.why).toBe('it comes too often, and waits');
    expect(linesIn(world, 'runs')).toHaveLength(3);
  });

  test('when files change while the daemon is dead, then the next one runs for them', async ({ world }) => {
    await writeFile(world.path('work', 'watched'), 'one');
    await addWatching(world, 'build', '--on', 'file', '--path', 'watched', '--command', 'echo run >> runs');
    await killDaemon(world);
    await writeFile(world.path('work', 'watched'), 'two');
    await gantryWell(world, 'daemon', 'start');
    await untilLines(world, 'runs', 1);
    expect(await untilRuns(world, 'build', 1)).toMatchObject([{ event: 'watched changed' }]);
  });

  test('when it is paused, then what changes meanwhile is not made up for', async ({ world }) => {
    await writeFile(world.path('work', 'watched'), 'one');
    await addWatching(world, 'build', '--on', 'file', '--path', 'watched', '--command', 'echo run >> runs');
    await gantryWell(world, 'trigger', 'pause', 'build');
    await writeFile(world.path('work', 'watched'), 'two');
    await gantryWell(world, 'trigger', 'resume', 'build');
    await untilSeen(world, 'build');
    await writeFile(world.path('work', 'watched'), 'three');
    await untilRuns(world, 'build', 1);
    expect(linesIn(world, 'runs')).toHaveLength(1);
  });
});

describe('given a trigger of git', () => {
  const MOVED = 'echo $GANTRY_TRIGGER_REF $GANTRY_TRIGGER_OLD $GANTRY_TRIGGER_NEW';

  test('when somebody commits, then HEAD has moved from one commit to the other', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    await repo.commit('One', { a: '1' });
    const before = (await repo.git('rev-parse', 'HEAD')).trim();
    await addWatching(world, 'moved', '--on', 'git', '--repo', 'api', '--command', MOVED);
    await repo.commit('Two', { a: '2' });
    const after = (await repo.git('rev-parse', 'HEAD')).trim();
    await untilRuns(world, 'moved', 1);
    expect(await writtenBy(world, 'moved')).toContain(`HEAD ${before} ${after}`);
  });

  test('when somebody pushes to a bare repository, then its branch has moved, and a new one has come', async ({
    world,
  }) => {
    const bare = await createRemote(world, world.path('work', 'api.git'));
    await world.run('git', ['clone', '--quiet', bare.dir, 'mine']);
    const mine = repoAt(world, world.path('work', 'mine'));
    await addWatching(world, 'main', '--on', 'git', '--repo', 'api.git', '--ref', 'main', '--command', MOVED);
    await addWatching(
      world,
      'releases',
      '--on',
      'git',
      '--repo',
      'api.git',
      '--ref',
      'release/*',
      '--command',
      MOVED,
    );
    const before = (await mine.git('rev-parse', 'HEAD')).trim();
    await mine.commit('More', { a: '2' });
    const after = (await mine.git('rev-parse', 'HEAD')).trim();
    await mine.git('push', '--quiet', 'origin', 'main', 'main:release/1.0');
    await untilRuns(world, 'main', 1);
    await untilRuns(world, 'releases', 1);
    expect(await writtenBy(world, 'main')).toContain(`refs/heads/main ${before} ${after}`);
    expect(await writtenBy(world, 'releases')).toContain(`refs/heads/release/1.0 ${NONE} ${after}`);
  });
});

describe('given a trigger of processes', () => {
  const TOLD = 'echo "$GANTRY_TRIGGER_PROCESS $GANTRY_TRIGGER_PHASE $GANTRY_TRIGGER_EXIT"';

  test('when a service is killed, then it says so, and is not told of its own command', async ({ world }) => {
    await gantryWell(world, 'trigger', 'add', 'tell', '--on', 'process', '--command', `${TOLD}; exit 3`);
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', 'exec sleep 1000', '--wait');
    const pid = (await processesOf(world)).find(({ id }) => id === 'web:0')?.pid;
    signalTo(Number(pid), 'SIGKILL');
    expect(await untilRuns(world, 'tell', 1)).toMatchObject([
      { event: 'web:0 exited, SIGKILL', outcome: 'failed', said: 'exit code 3' },
    ]);
    expect(await writtenBy(world, 'tell')).toContain('web:0 exited SIGKILL');
    await gantryWell(world, 'service', 'stop', 'web');
    expect((await historyOf(world, 'tell')).runs).toHaveLength(1);
  });

  test('when a service is in a crash loop, then that is one event, whatever it tries', async ({ world }) => {
    const words = ['--process', 'bad', '--phase', 'crash-loop', '--phase', 'stopped'];
    await gantryWell(world, 'trigger', 'add', 'tell', '--on', 'process', ...words, '--command', TOLD);
    await gantryWell(world, 'service', 'start', '--name', 'bad', '--command', 'exit 7');
    await untilRuns(world, 'tell', 1);
    await until(
      async () => ((await processesOf(world)).find(({ id }) => id === 'bad:0')?.restarts ?? 0) > 5,
      {
        what: 'another try',
        within: 30_000,
      },
    );
    await gantryWell(world, 'service', 'stop', 'bad');
    expect((await historyOf(world, 'tell')).runs).toMatchObject([{ event: 'bad:0 crash-loop, exit code 7' }]);
  });

  test('when a service ends while the daemon is dead, then the next one is told as it finds that out', async ({
    world,
  }) => {
    await gantryWell(
      world,
      'trigger',
      'add',
      'tell',
      '--on',
      'process',
      '--phase',
      'exited',
      '--command',
      TOLD,
    );
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', 'exec sleep 1000', '--wait');
    const pid = (await processesOf(world)).find(({ id }) => id === 'web:0')?.pid;
    await killDaemon(world);
    signalTo(Number(pid), 'SIGKILL');
    await gantryWell(world, 'daemon', 'start');
    expect(await untilRuns(world, 'tell', 1)).toMatchObject([
      { event: 'web:0 exited, an exit code that nobody saw' },
    ]);
  });
});

describe('given any trigger', () => {
  test('when it is fired by hand, then it runs though nothing has happened, and is told so', async ({
    world,
  }) => {
    await writeFile(world.path('work', 'watched'), 'one');
    const words = ['--on', 'file', '--path', 'watched', '--command', 'echo run >> runs; exit 2'];
    await gantryWell(world, 'trigger', 'add', 'build', ...words);
    const { code, stderr } = await world.gantry(['trigger', 'fire', 'build', '--wait']);
    expect(code).toBe(1);
    expect(stderr).toContain('build: failed: exit code 2');
    expect((await triggerOf(world, 'build')).last).toMatchObject({ event: 'by hand', outcome: 'failed' });
  });
});
