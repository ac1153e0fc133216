import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { momentsOf } from '#engines/schedule/cron/moments.ts';
import { parseComing, parseCron, SHORTCUTS } from '#engines/schedule/cron/parse.ts';
import { localText } from '#engines/schedule/cron/zone.ts';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';

const failing = (act: () => unknown) => {
  try {
    act();
  } catch (thrown) {
    return failureOf(thrown);
  }
  throw new Error('Nothing was thrown.');
};

/** The next moments as clocks of the zone show them. */
const next = (expression: string, zone: string, from: string, count: number): string[] => {
  const { moments } = parseCron(expression, zone);
  const found: string[] = [];
  for (let at = moments?.after(Date.parse(from)); at !== undefined && found.length < count; ) {
    found.push(localText(at, zone));
    at = moments?.after(at);
  }
  return found;
};

describe('given an expression that is wrong', () => {
  test.each([
    ['60 * * * *', 'minute', '60', '0 to 59'],
    ['* 24 * * *', 'hour', '24', '0 to 23'],
    ['* * 0 * *', 'day of the month', '0', '1 to 31'],
    ['* * * 13 *', 'month', '13', '1 to 12, or JAN to DEC'],
    ['* * * * 8', 'day of the week', '8', '0 to 7'],
    ['* * * * funday', 'day of the week', 'funday', 'SUN to SAT'],
    ['61 * * * * *', 'second', '61', '0 to 59'],
    ['5-1 * * * *', 'minute', '5-1', '0 to 59'],
    ['*/0 * * * *', 'minute', '*/0', '0 to 59'],
  ])('when it is %s, then its %s is named with what it may be', (expression, field, given, takes) => {
    const failure = failing(() => parseCron(expression, 'UTC'));
    expect(failure).toMatchObject({ code: 'schedule-cron', exit: 'usage', details: { field, given } });
    expect(failure.message).toContain(`The ${field} can't be ${given}: it takes `);
    expect(failure.message).toContain(takes);
  });

  test.each([
    ['', 'An empty text is no cron expression.'],
    ['* * *', '* * * has 3 fields and is no cron expression.'],
    ['* * * * * * *', '* * * * * * * has 7 fields and is no cron expression.'],
    ['2026-01-01T00:00:00', '2026-01-01T00:00:00 has 1 field and is no cron expression.'],
    ['@houly', 'There is no @houly; did you mean @hourly?'],
  ])('when it is "%s", then it is said what is wrong with it', (expression, message) => {
    expect(failing(() => parseCron(expression, 'UTC')).message).toBe(message);
  });

  test('when no day fits it, then it is refused before it is waited for', () => {
    expect(failing(() => parseComing('0 0 31 2 *', 'UTC', 0))).toMatchObject({ code: 'schedule-never' });
  });

  test('when the zone does not exist, then the one that was meant is named', () => {
    const { code, message } = failing(() => parseCron('@daily', 'Europe/Berln'));
    expect({ code, message }).toEqual({
      code: 'schedule-zone',
      message: 'There is no time zone Europe/Berln; did you mean Europe/Berlin?',
    });
  });
});

test('given a shortcut in any case and blanks around fields, when it is read, then it has one spelling', () => {
  expect(SHORTCUTS.map((shortcut) => parseCron(shortcut.toUpperCase(), 'UTC').expression)).toEqual(SHORTCUTS);
  expect(parseCron('  */5   * * *\t* ', 'UTC').expression).toBe('*/5 * * * *');
});

describe('given the hour that clocks skip in spring', () => {
  test('when a time in it is named, then it runs at its end, and once', () => {
    expect(next('30 2 * * *', BERLIN, '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T03:00:00+02:00',
      '2026-03-30T02:30:00+02:00',
    ]);
    expect(next('30 2 * * *', NEW_YORK, '2026-03-07T12:00Z', 2)).toEqual([
      '2026-03-08T03:00:00-04:00',
      '2026-03-09T02:30:00-04:00',
    ]);
  });

  test('when it runs in an interval, then the hour is left out', () => {
    expect(next('*/30 * * * *', BERLIN, '2026-03-29T00:29Z', 3)).toEqual([
      '2026-03-29T01:30:00+01:00',
      '2026-03-29T03:00:00+02:00',
      '2026-03-29T03:30:00+02:00',
    ]);
  });
});

describe('given the hour that comes twice in autumn', () => {
  test('when a time in it is named, then it runs in the first, and once', () => {
    expect(next('30 2,14 * * *', BERLIN, '2026-10-24T13:00Z', 2)).toEqual([
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T14:30:00+01:00',
    ]);
    expect(next('30 1 * * *', NEW_YORK, '2026-10-31T12:00Z', 2)).toEqual([
      '2026-11-01T01:30:00-04:00',
      '2026-11-02T01:30:00-05:00',
    ]);
  });

  test('when it runs in an interval, then it goes on through both', () => {
    expect(next('*/30 * * * *', BERLIN, '2026-10-24T23:59Z', 4)).toEqual([
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T02:30:00+01:00',
    ]);
  });
});

const EXPRESSIONS = [
  '*/20 * * * * *',
  '*/7 * * * *',
  '30 2 * * *',
  '15 1-3 * * *',
  '0 */2 * * *',
  '0 0 * * MON',
];
const TURNS = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'].map(
  Date.parse,
);

test('given any stretch of time around a change of clocks, when its newest moments are asked for, then they are those that come one after the other', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EXPRESSIONS),
      fc.constantFrom(BERLIN, NEW_YORK, 'UTC', 'Australia/Lord_Howe'),
      fc.constantFrom(...TURNS),
      fc.integer({ min: -7_200_000, max: 7_200_000 }),
      fc.integer({ min: 0, max: 7_200_000 }),
      fc.integer({ min: 1, max: 20 }),
      (expression, zone, turn, away, length, most) => {
        const moments = momentsOf(expression, zone);
        const from = turn + away;
        const to = from + length;
        const each: number[] = [];
        for (let at = moments.after(from); at !== undefined && at <= to; at = moments.after(at))
          each.push(at);
        expect(moments.between(from, to, most)).toEqual(each.slice(-most));
      },
    ),
    { seed: 20_261_121, numRuns: 100 },
  );
});
