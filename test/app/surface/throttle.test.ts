import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { throttle } from '#app/surface/throttle.ts';

describe('a throttle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const setUp = () => {
    const passed: number[] = [];
    const controller = new AbortController();
    const send = throttle((value: number) => passed.push(value), {
      interval: 100,
      signal: controller.signal,
    });
    return { passed, send, controller };
  };

  test('passes the first at once and then the last of each interval', () => {
    const { passed, send } = setUp();
    for (const value of [1, 2, 3]) send(value);
    expect(passed).toEqual([1]);
    vi.advanceTimersByTime(100);
    expect(passed).toEqual([1, 3]);
    send(4);
    expect(passed).toEqual([1, 3]);
    vi.advanceTimersByTime(100);
    expect(passed).toEqual([1, 3, 4]);
  });

  test('passes at most ten a second', () => {
    const { passed, send } = setUp();
    for (let at = 0; at < 1_000; at++) {
      send(at);
      vi.advanceTimersByTime(1);
    }
    expect(passed.length).toBeLessThanOrEqual(11);
  });

  test('passes what it held back as it ends, and nothing after', () => {
    const { passed, send, controller } = setUp();
    send(1);
    send(2);
    controller.abort();
    send(3);
    vi.advanceTimersByTime(1_000);
    expect(passed).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
