import { expect } from 'vitest';
import { statusOf } from '../app/daemon/client.ts';
import type { World } from '../rig/home.ts';
import { screen } from '../rig/screen.ts';
import { test } from '../rig/test.ts';
import { until } from '../rig/until.ts';
import { createWorkspace } from '../rig/workspace.ts';

const openScreen = async (world: World) => {
  const opened = await screen(world, [], { cols: 120, rows: 36 });
  await opened.waitFor('web');
  await opened.idle();
  return opened;
};

test('each screen is one client of the daemon, whatever it does, and none once it is gone', async ({
  world,
}) => {
  await createWorkspace(world, { api: 'behind', web: 'clean' });
  const clients = async () => (await statusOf(world)).clients;
  const first = await openScreen(world);
  expect(await clients()).toBe(1);

  first.press('f');
  await first.idle();
  await world.gantry(['daemon', 'status']);
  await world.gantry(['repo', 'status']);
  expect(await clients()).toBe(1);

  const second = await openScreen(world);
  expect(await clients()).toBe(2);

  first.kill('SIGKILL');
  await until(async () => (await clients()) === 1, { what: 'the killed screen to be gone' });
  second.hangUp();
  await until(async () => (await clients()) === 0, { what: 'the screen without a terminal to be gone' });
});
