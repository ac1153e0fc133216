import { describe, expect, test } from 'vitest';
import { FLOW_SUBJECTS } from '../scenario/faults/flow-subjects.ts';
import { openRange } from '../scenario/faults/flow-trial.ts';

const HOURS = 3 * 3_600_000;

describe('over eight repos', () => {
  test.each(Object.keys(FLOW_SUBJECTS))(
    '%s, killed before and after every git that changes something, is completed and is taken back',
    async (subject) => {
      await using range = await openRange(subject);
      const failed: string[] = [];
      for (const boundary of await range.boundaries()) {
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
