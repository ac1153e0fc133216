import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { artifactText, strictArtifact } from '../../rig/artifacts.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { marked } from '../processes/house.ts';
import { calledAs } from './called.ts';

const putArtifact = (world: World, version = '1.0.0') =>
  writeFile(
    world.path('work', 'web.jos'),
    artifactText(
      strictArtifact({
        meta: { name: 'web', version, type: 'service' },
        orchestration: {
          definitions: { serve: { type: 'shell', command: 'echo "up $GREETING"; exec sleep 1000' } },
          flows: { main: { steps: ['serve'] } },
        },
      }),
    ),
  );

describe('the commands of the specification run as they are written there', () => {
  test('start, list, status, logs, inspect, health, scale, restart, stop', async ({ world }) => {
    const josctl = calledAs(world, 'josctl');
    await putArtifact(world);
    const well = async (line: string) => {
      const { code, stdout, stderr } = await josctl(line);
      expect({ line, code, stderr: code === 0 ? '' : stderr }).toEqual({ line, code: 0, stderr: '' });
      return stdout;
    };
    expect(await well('env set GREETING hello')).toBe('GREETING = hello\n');
    expect(await well('start web.jos')).toMatch(/^✓ web: on record\n✓ web:0: running, pid \d+\n$/);
    expect(await well('list')).toMatch(/^SERVICE .*\nweb +running +1 +1 +1\.0\.0/);
    expect(await well('status web')).toContain('web');
    expect(await well('status')).toContain('web');
    expect(await well('scale web --replicas 3')).toContain('✓ web:2: running');
    expect([...marked(world).keys()].toSorted()).toEqual(['web:0', 'web:1', 'web:2']);
    expect(await well('logs web:0')).toBe('up hello\n');
    expect(await well('inspect web')).toContain('web:2');
    expect(await well('health web')).toMatch(/web:1 +well +running/);
    expect(await well('restart web')).toContain('✓ web:1: running, pid');
    const [pid] = marked(world).get('web:1') as [number];
    expect(await well(`stop ${pid}`)).toBe('✓ web:1: stopped, SIGTERM\n');
    expect(await well('stop web')).toContain('✓ web:0: stopped, SIGTERM');
    expect(marked(world).size).toBe(0);
    expect(await well('health web')).toMatch(/web:1 +resting +stopped/);
    await well('config set undo.keepDays 20');
    expect(await well('config get undo.keepDays')).toBe('20\n');
  });

  test('deploy and rollback', async ({ world }) => {
    const josctl = calledAs(world, 'josctl');
    await putArtifact(world);
    await josctl('start web.jos');
    await putArtifact(world, '2.0.0');
    expect((await josctl('deploy web.jos --env prod')).stdout).toContain('✓ web:1: running, pid');
    expect((await josctl('status --json')).json<object>()).toMatchObject({
      services: [{ id: 'web', version: '2.0.0', environment: 'prod', state: 'running' }],
    });
    expect((await josctl('rollback web')).stdout).toContain('✓ web:0: running, pid');
    expect((await josctl('status web')).stdout).toContain('1.0.0');
  });

  test('run and schedule', async ({ world }) => {
    const josctl = calledAs(world, 'josctl');
    const pipeline = (guardrails: object) =>
      writeFile(world.path('work', 'pipeline.jos'), artifactText(strictArtifact({ guardrails })));
    await pipeline({ avoid: [], max_retries: 0 });
    expect((await josctl('run pipeline.jos --dry-run')).stdout).toContain('✓ Dry run complete');
    const ran = await josctl('run pipeline.jos');
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 0, stdout: '✓ Execution complete\n' });
    await pipeline({ avoid: [], max_retries: 0, require_confirmation: true });
    const asked = await josctl('run pipeline.jos');
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('error: Some of it has to be confirmed.');
    expect((await josctl('run pipeline.jos --yes')).code).toBe(0);
    const scheduled = await josctl(['schedule', 'pipeline.jos', '--cron', '0 * * * *']);
    expect({ code: scheduled.code, stderr: scheduled.stderr }).toMatchObject({ code: 0 });
    const { data } = (await world.gantry(['schedule', 'list', '--json'])).json<{ schedules: object[] }>();
    expect(data.schedules).toMatchObject([{ cron: '0 * * * *' }]);
    const wrong = await josctl(['schedule', 'pipeline.jos', '--cron', '0 99 * * *']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/hour/i);
  });

  test('trigger', async ({ world }) => {
    const josctl = calledAs(world, 'josctl');
    await writeFile(world.path('work', 'pipeline.jos'), artifactText(strictArtifact()));
    const added = await josctl('trigger pipeline.jos --on webhook');
    expect({ code: added.code, stderr: added.stderr }).toMatchObject({ code: 0 });
    expect(added.stdout).toMatch(/^✓ hello-there: on record; its token is in \S+\/hello-there\.token\n$/);
    const { data } = (await world.gantry(['trigger', 'list', '--json'])).json<{ triggers: object[] }>();
    expect(data.triggers).toMatchObject([
      { id: 'hello-there', on: 'webhook', event: 'POST /hooks/hello-there' },
    ]);
    const wrong = await josctl('trigger pipeline.jos --on moonrise');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/webhook/);
  });

  test('health of what crashes is told all the same, exit code 1', async ({ world }) => {
    await world.gantry(['service', 'start', '--name', 'loop', '--command', 'exit 3', '--restart', 'never']);
    const josctl = calledAs(world, 'josctl');
    const asked = await until(
      async () => {
        const health = await josctl('health loop --json');
        return health.stdout.includes('failed') ? health : undefined;
      },
      { what: 'it to have failed' },
    );
    expect({ code: asked.code, ...asked.json<object>() }).toMatchObject({
      code: 1,
      health: [{ process: 'loop:0', ok: false, standing: 'red', why: 'ended with exit code 3' }],
    });
    expect(asked.stderr).toContain('error: loop:0 is not well.');
  });

  test('what is missing is said in one error, exit code 1', async ({ world }) => {
    const { code, stderr } = await calledAs(world, 'josctl')('stop nothing');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no service nothing');
  });
});
