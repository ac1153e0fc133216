import { randomBytes } from 'node:crypto';
import type { Follower } from './follower.ts';

/** How long a stream is kept that nobody reads, and how many there are at the most. */
const KEPT = { idle: 10 * 60_000, most: 16 };

export interface Open {
  action: string;
  follower: Follower;
  close(): Promise<void>;
}

export interface Cursors {
  add(stream: Open): string;
  find(id: string, action: string): Follower | undefined;
  close(): Promise<void>;
}

/** The streams of one client that can be read on, by opaque names; those that go unused are closed. */
export function openCursors({ idle, most } = KEPT): Cursors {
  const open = new Map<string, Open & { timer: NodeJS.Timeout }>();

  function add(stream: Open): string {
    const id = randomBytes(9).toString('base64url');
    const timer = setTimeout(() => drop(id), idle).unref();
    open.set(id, { ...stream, timer });
    const [oldest] = open.keys();
    if (open.size > most && oldest !== undefined) void drop(oldest);
    return id;
  }

  function find(id: string, action: string): Follower | undefined {
    const found = open.get(id);
    if (found?.action !== action) return undefined;
    found.timer.refresh();
    open.delete(id);
    open.set(id, found);
    return found.follower;
  }

  async function drop(id: string): Promise<void> {
    const dropped = open.get(id);
    open.delete(id);
    clearTimeout(dropped?.timer);
    await dropped?.close();
  }

  return {
    add,
    find,
    close: async () => void (await Promise.all([...open.keys()].map(drop))),
  };
}
