import { test } from '../rig/test.ts';
import { killDownloads } from '../scenario/models/kills.ts';

const SEED = Number(process.env.GANTRY_SOAK_SEED ?? Date.now() % 2 ** 31);
const HOUR = 3_600_000;

test(
  'the daemon is killed two hundred times while it downloads: nothing that has come is lost or asked for again',
  async ({ world }) => {
    console.log(`The seed is ${SEED}.`);
    await killDownloads(world, { seed: SEED, kills: 200, size: 150_000_000 });
  },
  HOUR,
);
