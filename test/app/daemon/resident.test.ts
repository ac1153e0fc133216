import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Askpass } from '#app/daemon/askpass/askpass.ts';
import { openResident } from '#app/daemon/resident.ts';
import type { Session } from '#app/daemon/session.ts';
import type { Host } from '#engines/core/host.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { ADA } from './client.ts';

const MINUTE = 60_000;
const client: Session = { subscriptions: 0, handle: () => {}, leave: () => {}, close: async () => {} };
const from = { actor: ADA, cwd: '/' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('given a daemon that may be idle for a minute', () => {
  test('when nobody comes, then it ends after that minute', async () => {
    const { resident, withdrawn } = open();
    vi.advanceTimersByTime(MINUTE - 1);
    expect(withdrawn()).toBe(false);

    vi.advanceTimersByTime(1);

    await resident.ended;
    expect(withdrawn()).toBe(true);
  });

  test('when a client stays, then it stays; when the client leaves, then it ends a minute later', async () => {
    const { resident, withdrawn } = open();
    resident.join(client);
    vi.advanceTimersByTime(100 * MINUTE);
    expect(withdrawn()).toBe(false);

    resident.leave(client);
    vi.advanceTimersByTime(MINUTE - 1);
    expect(withdrawn()).toBe(false);
    vi.advanceTimersByTime(1);
    await resident.ended;
  });

  test('when work goes on without clients, then it stays; when the work ends, then it ends a minute later', async () => {
    const { resident, work, withdrawn } = open();
    const run = resident.begin({ action: 'work', input: {} }, from, {});
    vi.advanceTimersByTime(100 * MINUTE);
    expect(withdrawn()).toBe(false);

    work.resolve({ kind: 'data', data: null });
    await run.outcome;
    vi.advanceTimersByTime(MINUTE - 1);
    expect(withdrawn()).toBe(false);
    vi.advanceTimersByTime(1);
    await resident.ended;
  });
});

describe('given a daemon that has handed over', () => {
  test('when it has neither clients nor work, then it ends at once', async () => {
    const { resident, withdrawn } = open();
    resident.retire({ version: '2.0.0' });

    await resident.ended;
    expect(withdrawn()).toBe(true);
  });

  test('when a client stays, then it works for that one until it leaves', async () => {
    const { resident, work, withdrawn } = open();
    resident.join(client);
    resident.retire({ version: '2.0.0' });
    expect(withdrawn()).toBe(true);
    const run = resident.begin({ action: 'work', input: {} }, from, {});
    resident.leave(client);
    expect(resident.status().state).toBe('retired');

    work.resolve({ kind: 'data', data: null });

    expect(await run.outcome).toEqual({ kind: 'data', data: null });
    await resident.ended;
  });

  test('when a program that is not newer asks for it, then it is refused', () => {
    const { resident } = open();

    expect(() => resident.retire({ version: '1.0.0' })).toThrow(
      'The daemon has version 1.0.0, which is not older than 1.0.0.',
    );
    expect(resident.status().state).toBe('serving');
  });
});

function open() {
  const work = Promise.withResolvers<Outcome>();
  const host: Host = { invoke: () => work.promise, follow: async function* () {}, close: async () => {} };
  const askpass: Askpass = { grant: () => ({ env: {}, revoke: () => {} }), close: () => {} };
  let withdrawn = false;
  const withdraw = () => {
    withdrawn = true;
  };
  const resident = openResident({
    host,
    askpass,
    version: '1.0.0',
    now: Date.now,
    log: () => {},
    withdraw,
  });
  resident.endAfter(MINUTE);
  return { resident, work, withdrawn: () => withdrawn };
}
