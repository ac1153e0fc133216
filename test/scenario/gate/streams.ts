import { expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { marked } from '../processes/house.ts';
import { ask, eventsOf, openGateway, spawnServer, textOf } from './house.ts';

type Stream = { backend: string; events: ReturnType<typeof eventsOf> };

/** So many streams at once over two workers, of which one is killed when all of them have begun. */
export const killUnder = async (world: World, count: number): Promise<void> => {
  const url = await openGateway(world, 'llama-server');
  await spawnServer(world, 'one');
  await spawnServer(world, 'two');

  const streams = await Promise.all(
    Array.from({ length: count }, async (): Promise<Stream> => {
      const answer = await ask(url, { prompt: 'steady' });
      expect(answer.status).toBe(200);
      const events = eventsOf(answer);
      expect(await events.next()).toMatchObject({ done: false });
      return { backend: answer.headers.get('x-gantry-backend') ?? '', events };
    }),
  );
  const of = (name: string) => streams.filter(({ backend }) => backend === name);
  expect([of('one').length, of('two').length]).toEqual([count / 2, count / 2]);

  for (const pid of marked(world).get('one') ?? []) signalTo(pid, 'SIGKILL');
  const ends = await Promise.all(of('one').map(({ events }) => Array.fromAsync(events)));
  for (const events of ends) expect(events.at(-1)?.error).toMatchObject({ code: 'worker-failed' });
  for (const { events } of of('two')) expect((await events.next()).value?.choices).toBeDefined();

  const later = await Promise.all(
    Array.from({ length: count }, async () => {
      const answer = await ask(url, { prompt: 'hello', tokens: 3 });
      return textOf(await Array.fromAsync(eventsOf(answer)));
    }),
  );
  expect(new Set(later)).toEqual(new Set(['You said: hello']));

  for (const pid of marked(world).get('two') ?? []) signalTo(pid, 'SIGKILL');
  const others = await Promise.all(of('two').map(({ events }) => Array.fromAsync(events)));
  for (const events of others) expect(events.at(-1)?.error).toMatchObject({ code: 'worker-failed' });
};
