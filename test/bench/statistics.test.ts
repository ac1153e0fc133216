import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { median, quantile, ratio, spread } from '../../bench/statistics.ts';

const values = fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('statistics of runs', () => {
  test('the median is the middle run, or lies between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });

  test('quantiles lie between neighbours', () => {
    expect(quantile([10, 20, 30, 40, 50], 0.95)).toBe(48);
    expect(spread([1, 2, 3, 4, 5])).toEqual({ median: 3, low: 2, high: 4 });
  });

  test('nothing has no median', () => {
    expect(() => median([])).toThrow('There is no quantile of nothing.');
  });

  test('quantiles grow with their share and stay among the values', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (runs, share) => {
        const found = quantile(runs, share);
        expect(found).toBeGreaterThanOrEqual(Math.min(...runs));
        expect(found).toBeLessThanOrEqual(Math.max(...runs));
        expect(quantile(runs, 1)).toBeGreaterThanOrEqual(found);
      }),
    );
  });

  test('one slow run changes the order of nothing', () => {
    expect(median([3, 1, 1_000, 2, 4])).toBe(3);
  });

  test('a machine that gets slower during the runs does not change the ratio', () => {
    expect(ratio([20, 40, 60], [10, 20, 30]).median).toBe(2);
  });

  test('runs that do not belong together are not compared', () => {
    expect(() => ratio([1, 2], [1])).toThrow('There are 2 runs and 1 to compare with.');
  });
});
