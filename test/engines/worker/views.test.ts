import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { logDirectory } from '#engines/process/files.ts';
import { logFile } from '#engines/process/logs/open.ts';
import { forget, writeSpec, writeStatus } from '#engines/process/records.ts';
import { specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN } from '#engines/process/status.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { store } from '#engines/store/store.ts';
import { keptWorkers } from '#engines/worker/named.ts';
import { keepWorkerViews, writeWorkerViews } from '#engines/worker/views/views.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';

const ID = 'worker-cpu-0';
const STARTED = Date.UTC(2026, 0, 2, 3, 4, 5);

const startWorker = (world: World, context: Context) => {
  const spec = z.parse(specSchema, {
    ...{ name: ID, kind: 'worker', owner: ID, about: 'tinyllama', workspace: world.path('work') },
    ...{ argv: ['llorch-cpu-candled'], cwd: world.path('work'), port: 8_001 },
    labels: { backend: 'cpu', gpu: '0', dialect: 'candled' },
  });
  writeSpec(context.use(store), spec, 'running', STARTED);
  become(context, { phase: 'running', identity: ownIdentity(), run: 'r', startedAt: STARTED });
};

const become = (context: Context, change: Partial<typeof NEVER_RUN>) =>
  writeStatus(context.use(store), ID, { ...NEVER_RUN, ...change }, STARTED);

const write = (world: World, context: Context) =>
  writeWorkerViews(world.path('work'), keptWorkers(context), context);

const filesIn = async (dir: string) => (await readdir(dir).catch(() => [])).toSorted();

describe('.runtime/workers', () => {
  test('has what other programs read of a worker, as long as it runs', async ({ world }) => {
    const context = testContext(world);
    const place = world.path('work', '.runtime', 'workers');
    startWorker(world, context);
    await write(world, context);
    expect(JSON.parse(await readFile(`${place}/${ID}.json`, 'utf8'))).toEqual({
      ...{ worker_id: ID, pid: process.pid, backend: 'cpu', model_id: 'tinyllama', port: 8_001 },
      started_at: '2026-01-02T03:04:05.000Z',
    });
    expect(await readFile(`${place}/${ID}.pid`, 'utf8')).toBe(`${process.pid}\n`);
    expect(await readlink(`${place}/${ID}.log`)).toBe(logFile(logDirectory(context, ID)));

    await writeFile(`${place}/somebody-elses.log`, '');
    become(context, { phase: 'stopped' });
    await write(world, context);
    expect(await filesIn(place)).toEqual(['somebody-elses.log', `${ID}.log`]);
    forget(context.use(store), ID);
    await write(world, context);
    expect(await filesIn(place)).toEqual(['somebody-elses.log']);
  });

  test('that is a link, or below one, is never followed', async ({ world }) => {
    const context = testContext(world);
    startWorker(world, context);
    await mkdir(world.path('outside', 'workers'), { recursive: true });
    await symlink(world.path('outside'), world.path('work', '.runtime'));
    await write(world, context);
    expect(await filesIn(world.path('outside', 'workers'))).toEqual([]);
  });

  test('does not write through a link that lies where a file goes', async ({ world }) => {
    const context = testContext(world);
    const place = world.path('work', '.runtime', 'workers');
    await mkdir(place, { recursive: true });
    await writeFile(world.path('precious'), 'precious');
    for (const ending of ['json', 'json.new', 'pid', 'pid.new', 'log', 'log.new']) {
      await symlink(world.path('precious'), `${place}/${ID}.${ending}`);
    }
    startWorker(world, context);
    await write(world, context);
    expect(await readFile(world.path('precious'), 'utf8')).toBe('precious');
    expect((await lstat(`${place}/${ID}.json`)).isFile()).toBe(true);
    expect(await filesIn(place)).toEqual([`${ID}.json`, `${ID}.log`, `${ID}.pid`]);
  });

  test('is not made where nobody has workers, and follows them from then on', async ({ world }) => {
    const stop = new AbortController();
    const context = testContext(world, { signal: stop.signal });
    const place = world.path('work', '.runtime', 'workers');
    const kept = keepWorkerViews(context);
    await write(world, context);
    expect(await filesIn(world.path('work'))).toEqual([]);
    startWorker(world, context);
    await until(async () => (await filesIn(place)).length === 3, { what: 'its view' });
    forget(context.use(store), ID);
    await until(async () => (await filesIn(place)).length === 0, { what: 'its view to go' });
    stop.abort();
    await kept;
  });
});
