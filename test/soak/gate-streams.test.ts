import { test } from 'vitest';
import { createWorld } from '../rig/home.ts';
import { killUnder } from '../scenario/gate/streams.ts';

const STREAMS = Number(process.env.GANTRY_SOAK_STREAMS ?? 200);

test(`given ${STREAMS} streams over two workers, when one is killed, then none hangs`, async () => {
  await using world = await createWorld();
  await killUnder(world, STREAMS);
});
