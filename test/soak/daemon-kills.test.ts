import { test } from '../rig/test.ts';
import { siege } from '../scenario/processes/siege.ts';

const SEED = Number(process.env.GANTRY_SOAK_SEED ?? Date.now() % 2 ** 31);
const HOUR = 3_600_000;

test(
  'the daemon is killed two hundred times while it keeps services under load: none is lost or doubled, and no line',
  async ({ world }) => {
    console.log(`The seed is ${SEED}.`);
    await siege(world, { seed: SEED, kills: 200 });
  },
  HOUR,
);
