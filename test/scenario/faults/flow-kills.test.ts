import { describe, expect, test } from 'vitest';
import { FLOW_SUBJECTS } from './flow-subjects.ts';
import { drawn, openRange } from './flow-trial.ts';

// The short form of test/soak/flow-kills, at the same boundaries in every run.
const SEED = 20_260_104;

describe('over eight repos', () => {
  test.each(Object.keys(FLOW_SUBJECTS).map((subject, index) => ({ subject, index })))(
    '$subject, killed at the boundary of a step, is completed by the same command, or taken back',
    async ({ subject, index }) => {
      await using range = await openRange(subject);
      const boundaries = await range.boundaries();
      expect(boundaries.length).toBeGreaterThanOrEqual(16);
      await range[index % 2 === 0 ? 'again' : 'back'](drawn(SEED + index, boundaries));
    },
  );
});
