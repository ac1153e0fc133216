import { expect, test } from 'vitest';
import { interleave } from '../../bench/interleave.ts';

test('both sides run in turn, and what fills the caches is not counted', async () => {
  const order: string[] = [];
  const side = (name: string) => async () => order.push(name);
  const runs = await interleave({ sides: { a: side('a'), b: side('b') }, runs: 2, warmUp: 1 });
  expect(order.join('')).toBe('ababab');
  expect(runs).toEqual({ a: [3, 5], b: [4, 6] });
});
