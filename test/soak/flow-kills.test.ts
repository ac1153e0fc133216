import { describe, expect, test } from 'vitest';
import { FLOW_SUBJECTS } from '../scenario/faults/flow-subjects.ts';
import { openRange } from '../scenario/faults/flow-trial.ts';

const HOURS = 3 * 3_600_000;

/** `3/8` is every eighth boundary from the third on: the parts together are all of them. */
const [PART = 1, PARTS = 1] = (process.env.GANTRY_SOAK_PART ?? '1/1').split('/').map(Number);

describe('over eight repos', () => {
  test.each(Object.keys(FLOW_SUBJECTS))(
    '%s, killed before and after every git that changes something, is completed and is taken back',
    async (subject) => {
      await using range = await openRange(subject);
      const failed: string[] = [];
      const boundaries = await range.boundaries();
      for (const boundary of boundaries.filter((_, index) => index % PARTS === PART - 1)) {
        for (const way of ['again', 'back'] as const) {
          await range[way](boundary).catch((thrown: Error) =>
            failed.push(`${JSON.stringify(boundary)}, ${way}: ${thrown.message}`),
          );
        }
      }
      expect(failed).toEqual([]);
    },
    HOURS,
  );
});
