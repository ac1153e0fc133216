import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Open, openCursors } from '../../../../src/app/mcp/streams/cursors.ts';
import { followerOf } from '../../../../src/app/mcp/streams/follower.ts';

async function* silence() {}

const stream = (closed: () => void = () => {}): Open => ({
  action: 'activity.follow',
  follower: followerOf(silence()),
  close: async () => closed(),
});

describe('cursors', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('find their stream, and only for the action it belongs to', () => {
    const cursors = openCursors();
    const opened = stream();
    const id = cursors.add(opened);
    expect(cursors.find(id, 'activity.follow')).toBe(opened.follower);
    expect(cursors.find(id, 'activity.watch')).toBeUndefined();
    expect(cursors.find('nobody', 'activity.follow')).toBeUndefined();
  });

  test('expire when they go unused, and not before', () => {
    const cursors = openCursors({ idle: 1_000, most: 16 });
    const close = vi.fn<() => void>();
    const id = cursors.add(stream(close));
    vi.advanceTimersByTime(900);
    expect(cursors.find(id, 'activity.follow')).toBeDefined();
    vi.advanceTimersByTime(900);
    expect(close).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(close).toHaveBeenCalledOnce();
    expect(cursors.find(id, 'activity.follow')).toBeUndefined();
  });

  test('give way to newer ones, the longest unused first', () => {
    const cursors = openCursors({ idle: 1_000, most: 2 });
    const [first, second] = [cursors.add(stream()), cursors.add(stream())];
    cursors.find(first, 'activity.follow');
    const third = cursors.add(stream());
    const kept = [first, second, third].filter((id) => cursors.find(id, 'activity.follow'));
    expect(kept).toEqual([first, third]);
  });

  test('close every stream with them', async () => {
    const cursors = openCursors();
    const close = vi.fn<() => void>();
    cursors.add(stream(close));
    cursors.add(stream(close));
    await cursors.close();
    expect(close).toHaveBeenCalledTimes(2);
  });
});
