import { expect, test } from 'vitest';
import { everyGit, moments, type Result, runAll } from './kills.ts';

// GANTRY_SOAK_SEED repeats a run, GANTRY_SOAK_KILLS says how many random moments there are.
const SEED = Number(process.env.GANTRY_SOAK_SEED ?? Date.now() % 2 ** 31);
const KILLS = Number(process.env.GANTRY_SOAK_KILLS ?? 200);
const HOUR = 3_600_000;

/** A run makes a git more or less than the one before, so that the last ones may not come to be killed at. */
const expectNothingLost = ({ killed, survived, failed }: Result) => {
  expect(failed).toEqual([]);
  expect(survived).toBeLessThan(killed / 10);
};

test(
  'a kill before and after every git: resume and undo lose nothing',
  async () => {
    const planned = await everyGit();
    const result = await runAll(planned);
    console.log(`${result.killed} of ${planned.length} kills before and after every git struck.`);
    expectNothingLost(result);
  },
  HOUR,
);

test(
  'kills at random moments: resume and undo lose nothing',
  async () => {
    const planned = await moments(SEED, KILLS);
    const result = await runAll(planned);
    console.log(
      `${result.killed} of ${planned.length} kills at random moments struck; the seed was ${SEED}.`,
    );
    expectNothingLost(result);
  },
  HOUR,
);
