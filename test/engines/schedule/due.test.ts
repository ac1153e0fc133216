import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueAt, ON_TIME } from '#engines/schedule/clock/due.ts';
import type { Stretch } from '#engines/schedule/clock/stretches.ts';
import { momentsOf } from '#engines/schedule/cron/moments.ts';
import { CATCH_UPS, type Definition } from '#engines/schedule/definition.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-06-01T12:00:30Z');

/** What is run for at each look at the clock, as minutes after 12:00. */
const runsAt = (catchUp: Definition['catchUp'], looks: readonly number[], expression = '* * * * *') => {
  const moments = momentsOf(expression, 'UTC');
  let stretches: Stretch[] = [];
  return looks.map((now) => {
    const due = dueAt({ catchUp }, { moments, stretches, now });
    if (due) stretches = due.stretches;
    return (due?.run ?? []).map((moment) => (moment - START) / MINUTE + 0.5);
  });
};

const after = (seconds: number) => START + seconds * 1_000;

describe('given a schedule of every minute', () => {
  test('when the clock is looked at now and then, then each minute comes once', () => {
    expect(runsAt('none', [0, 20, 30, 31, 60, 89.999, 90, 95].map(after))).toEqual([
      [],
      [],
      [1],
      [],
      [],
      [],
      [2],
      [],
    ]);
  });

  test('when the clock is set forward over a minute, then that minute is still on time', () => {
    expect(runsAt('none', [0, 31, 85, 95].map(after))).toEqual([[], [1], [], [2]]);
    expect(runsAt('none', [0, 89].map(after))).toEqual([[], [1]]);
  });

  test('when the clock is set back over a minute, then that minute does not come again', () => {
    expect(runsAt('all', [0, 31, -40, 0, 30, 31, 89, 91].map(after))).toEqual([
      [],
      [1],
      [],
      [],
      [],
      [],
      [],
      [2],
    ]);
  });

  test.each([
    ['none', []],
    ['one', [120]],
    ['all', [60, 120]],
  ] as const)(
    'when it is of every hour, the machine sleeps for two and %s is made up for, then it runs for those',
    (catchUp, made) => {
      expect(runsAt(catchUp, [0, 2 * 3_600 + 600, 2 * 3_600 + 610].map(after), '0 * * * *')).toEqual([
        [],
        made,
        [],
      ]);
    },
  );

  test('when it wakes up within a minute of a moment, then that one is on time, and stands for those before', () => {
    const wakes = [0, 3_600 + 15].map(after);
    expect(runsAt('none', wakes, '*/30 * * * *')).toEqual([[], [60]]);
    expect(runsAt('one', wakes, '*/30 * * * *')).toEqual([[], [60]]);
    expect(runsAt('all', wakes, '*/30 * * * *')).toEqual([[], [30, 60]]);
  });

  test('when nobody was there for a month, then a hundred moments at the most are made up for', () => {
    const [, minutes = []] = runsAt('all', [0, 30 * 86_400].map(after));
    expect(minutes).toHaveLength(100);
    expect(minutes.at(-1)).toBe(30 * 1_440);
  });
});

test('given a clock that was a year ahead by mistake, when it is set right, then the days of that year run as they come', () => {
  const day = 86_400;
  const looks = [0, 365 * day, 10, day, 2 * day, 365 * day, 366 * day].map(after);
  const [begin, ahead, back, first, second, ...rest] = runsAt('one', looks, '0 0 * * *');
  expect([begin, back]).toEqual([[], []]);
  expect(ahead).toHaveLength(1);
  expect([first, second].map((one) => one?.length)).toEqual([1, 1]);
  // The one that did run then is not run again.
  expect(rest.flat().filter((moment) => moment === ahead?.[0])).toEqual([]);
});

test('given any walk of the clock, when it is looked at, then no moment runs twice, and none that is a minute old runs without being made up for', () => {
  const step = fc.oneof(
    fc.integer({ min: 0, max: 30_000 }),
    fc.integer({ min: -300_000, max: 300_000 }),
    fc.integer({ min: -7_200_000, max: 7_200_000 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...CATCH_UPS),
      fc.constantFrom('* * * * *', '*/15 * * * * *', '0 * * * *'),
      fc.array(step, { maxLength: 25 }),
      (catchUp, expression, steps) => {
        const moments = momentsOf(expression, 'UTC');
        const ran = new Set<number>();
        let stretches: Stretch[] = [];
        let now = START;
        for (const step of [0, ...steps]) {
          now += step;
          const due = dueAt({ catchUp }, { moments, stretches, now });
          if (due) stretches = due.stretches;
          for (const moment of due?.run ?? []) {
            expect(ran.has(moment)).toBe(false);
            expect(moment).toBeLessThanOrEqual(now);
            expect(now - moment).toBeLessThanOrEqual(catchUp === 'none' ? ON_TIME : Number.POSITIVE_INFINITY);
            ran.add(moment);
          }
        }
      },
    ),
    { seed: 20_261_121, numRuns: 150 },
  );
});

test('given a clock that only goes forward, when every moment is made up for, then none is left out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1_800_000 }), { minLength: 1, maxLength: 20 }),
      (steps) => {
        const moments = momentsOf('* * * * *', 'UTC');
        let stretches: Stretch[] = [];
        let now = START;
        const ran: number[] = [];
        for (const step of [0, ...steps]) {
          now += step;
          const due = dueAt({ catchUp: 'all' }, { moments, stretches, now });
          if (due) stretches = due.stretches;
          ran.push(...(due?.run ?? []));
        }
        const first = Date.parse('2026-06-01T12:01Z');
        const count = Math.max(Math.floor((now - first) / MINUTE) + 1, 0);
        expect(ran).toEqual(Array.from({ length: count }, (_, index) => first + index * MINUTE));
      },
    ),
    { seed: 20_261_121, numRuns: 60 },
  );
});
