import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { type Connected, connect, gantryCommand } from './client.ts';

interface Page {
  events: { event: string; activity: { id: string; who: string } }[];
  cursor: string | null;
}

const told = ({ events }: Page) => events.map(({ event, activity }) => `${activity.id} ${event}`);

const follow = async ({ call }: Connected, given: object): Promise<Page> =>
  (await call<Page>('activity_follow', { all: true, waitSeconds: 60, ...given })).document.data as Page;

const keepDays = ({ call }: Connected, value: string) => call('config_set', { key: 'undo.keepDays', value });

describe('a stream', () => {
  test('is read page by page, without loss or repetition', async ({ world }) => {
    const agent = await connect(world);
    await keepDays(agent, '14');
    const first = await follow(agent, { tail: 5, maxEvents: 2 });
    expect(told(first)).toEqual(['1 started', '1 step']);
    const second = await follow(agent, { cursor: first.cursor });
    expect(told(second)).toEqual(['1 ended']);

    await keepDays(agent, '15');
    const third = await follow(agent, { cursor: second.cursor });
    expect(told(third)).toEqual(['2 started', '2 step', '2 ended']);
  });

  test('gives the same page again to an agent that lost it', async ({ world }) => {
    const agent = await connect(world);
    await keepDays(agent, '14');
    const { cursor } = await follow(agent, { tail: 5, maxEvents: 1 });
    const page = await follow(agent, { cursor });
    expect(await follow(agent, { cursor })).toEqual(page);
  });

  test('waits for what others do', async ({ world }) => {
    const agent = await connect(world);
    const { cursor } = await follow(agent, { waitSeconds: 0 });
    const coming = follow(agent, { cursor });
    const [file, ...before] = gantryCommand();
    await world.run(file, [...before, 'config', 'set', 'undo.keepDays', '14']);
    const { events } = await coming;
    expect(events[0]).toMatchObject({
      event: 'started',
      activity: { who: expect.stringContaining('shell') },
    });
  });

  test('has cursors of its own', async ({ world }) => {
    const agent = await connect(world);
    const { cursor } = await follow(agent, { waitSeconds: 0 });
    const calls = [
      agent.call('activity_follow', { cursor: 'nothing.0' }),
      agent.call('activity_follow', { cursor: `${cursor}9` }),
      agent.call('activity_watch', { cursor }),
    ];
    for (const { isError, document } of await Promise.all(calls)) {
      expect(isError).toBe(true);
      expect(document.error).toMatchObject({ code: 'cursor-expired', exitCode: 2 });
    }
  });

  test('lets other tools answer while somebody waits, and stops waiting when cancelled', async ({
    world,
  }) => {
    const agent = await connect(world);
    const { cursor } = await follow(agent, { waitSeconds: 0 });
    const cancel = new AbortController();
    const waiting = agent.call('activity_follow', { cursor, waitSeconds: 60 }, { signal: cancel.signal });
    expect((await agent.call('activity_list')).isError).toBe(false);
    cancel.abort();
    await expect(waiting).rejects.toThrow(/abort/i);

    // The next reader gets its turn only because the cancelled one has given it up.
    await keepDays(agent, '14');
    expect(told(await follow(agent, { cursor }))).toEqual(['1 started', '1 step', '1 ended']);
  });
});
