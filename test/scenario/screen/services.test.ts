import { describe, expect } from 'vitest';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { gantryWell, marked } from '../processes/house.ts';
import { openScreen } from './open.ts';

const WIDE = { cols: 160, rows: 44 };

describe('services on the screen', () => {
  test('are there when they were started elsewhere, tell when they end, and are stopped, started and brought back by keys', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const command = 'echo "up and running"; exec sleep 1000';
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', command, '--replicas', '2');
    const opened = await openScreen(world, WIDE);
    opened.press('6', '6');
    await opened.waitFor(/✓ +web +2\/2 +running/);
    await opened.waitFor(/web:1 +running +pid \d+/);
    opened.press('L');
    await opened.waitFor(/web:0 +up and running/);

    const [pid] = marked(world).get('web:0') as [number];
    signalTo(pid, 'SIGKILL');
    await until(() => (marked(world).get('web:0') ?? [pid])[0] !== pid, { what: 'another run' });
    await opened.waitFor(/web:0 +up and running[\s\S]*web:0 +up and running/);

    opened.press('s');
    await opened.waitFor(/service stop: 2 done/);
    await opened.waitFor(/web +0\/2 +stopped/);
    expect(marked(world).size).toBe(0);
    opened.press('s');
    await opened.waitFor(/web +2\/2 +running/);
    opened.press('d');
    await opened.waitFor('Nothing is kept running');
    opened.press('z');
    await opened.waitFor(/web +2\/2 +running/);
    expect([...marked(world).keys()].toSorted()).toEqual(['web:0', 'web:1']);
  });

  test('tell why one is not well, what it has in its environment, and how its runs ended', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const broken = ['--name', 'broken', '--command', 'sleep 0.01; exit 3', '--set', 'MODE=fast'];
    await gantryWell(world, 'env', 'set', 'LOG_LEVEL=info');
    await gantryWell(world, 'service', 'start', ...broken);
    const opened = await openScreen(world, WIDE);
    opened.press('6', '6');
    await opened.waitFor(/✗ +broken +0\/1 +crash-loop/);
    opened.press(']', ']');
    await opened.waitFor(/why +ended with exit code 3[\s\S]*restarts +\d+ +started again when it fails/);
    opened.press(']');
    await opened.waitFor(/LOG_LEVEL +info +of default[\s\S]*MODE +fast +its own/);
    opened.press(']');
    await opened.waitFor(/Releases 1[\s\S]*broken:0 runs \d+[\s\S]*pid \d+ +\d+ ms +exit code 3/);
  });

  test('draw what they have used lately where there is room for it', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const spin =
      'exec node -e "setInterval(() => { const end = Date.now() + 40; while (Date.now() < end); }, 50)"';
    await gantryWell(world, 'service', 'start', '--name', 'spin', '--command', spin);
    const opened = await openScreen(world, { cols: 220, rows: 60 });
    await opened.waitFor(/spin +1\/1 +running +\d+% +[▁▂▃▄▅▆▇█]+ +\d+M/, 30_000);
    const ascii = await openScreen(world, { cols: 220, rows: 60, env: { GANTRY_SCREEN_ICONS: 'ascii' } });
    await ascii.waitFor(/spin +1\/1 +running +\d+% +[_.=+*#@-]+ +\d+M/, 30_000);
  });
});
