import { describe, expect, test } from 'vitest';
import { type Instant, instants } from '../../rig/faults.ts';
import { SUBJECTS } from './subjects.ts';
import { trial } from './trial.ts';

// The short form of test/soak, with the same moments in every run.
const SEED = 20_260_102;

describe.each(Object.keys(SUBJECTS).map((subject, index) => ({ subject, index })))(
  'where $subject is killed',
  ({ subject, index }) => {
    const [first, second, third] = instants(SEED + index, { count: 3, calls: 24 }) as [
      Instant,
      Instant,
      Instant,
    ];
    const kills = [
      { nth: first.nth, when: 'before' },
      { nth: second.nth, when: 'after' },
      { nth: third.nth, when: { during: third.during } },
    ] as const;

    test.each(kills)('at git $nth, $when, resume and undo lose nothing', async (kill) => {
      expect(await trial(subject, kill)).toBe(true);
    });
  },
);
