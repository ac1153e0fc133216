import { readFileSync } from 'node:fs';
import { test as base } from 'vitest';
import type { RunRow, TriggerRow } from '#engines/trigger/rows.ts';
import { createWorld, type World } from '../../rig/home.ts';
import { freePort } from '../../rig/port.ts';
import { until } from '../../rig/until.ts';
import { gantryWell } from '../processes/house.ts';

/** A world whose daemon would listen on a port of its own. */
export const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern which fixtures this one needs.
  world: async ({}, use) => {
    await using world = await createWorld({ env: { GANTRY_HTTP_PORT: String(await freePort()) } });
    await use(world);
  },
});

export const urlOf = ({ env }: World): string => `http://127.0.0.1:${env.GANTRY_HTTP_PORT}`;

export const triggerOf = async (world: World, name: string): Promise<TriggerRow> => {
  const listed = await world.gantry(['trigger', 'list', name, '--json']);
  return listed.json<{ triggers: [TriggerRow] }>().data.triggers[0];
};

type History = { runs: RunRow[]; passed: TriggerRow['passed'] };

export const historyOf = async (world: World, name: string): Promise<History> =>
  (await world.gantry(['trigger', 'history', name, '-n', '1000', '--json'])).json<History>().data;

export const untilRuns = (world: World, name: string, count: number): Promise<RunRow[]> =>
  until(
    async () => {
      const { runs } = await historyOf(world, name);
      return runs.length >= count && runs.every(({ state }) => state === 'ended') ? runs : undefined;
    },
    { what: `${count} runs of ${name}`, within: 30_000 },
  );

/** Adds a webhook whose server listens; returns its token. */
export const addWebhook = async (world: World, name: string, ...words: string[]): Promise<string> => {
  await gantryWell(world, 'trigger', 'add', name, '--on', 'webhook', ...words);
  await untilListening(world, name);
  return tokenOf(world, name);
};

export const untilListening = (world: World, name: string): Promise<boolean> =>
  until(async () => (await triggerOf(world, name)).problem === null, {
    what: 'the daemon to listen',
    within: 30_000,
  });

export const tokenOf = async (world: World, name: string): Promise<string> =>
  readFileSync(String((await triggerOf(world, name)).token), 'utf8').trim();

type Posted = { token?: string; headers?: Record<string, string>; body?: string; query?: string };

export const post = (
  world: World,
  name: string,
  { token, headers = {}, body = '', query = '' }: Posted = {},
): Promise<Response> =>
  fetch(`${urlOf(world)}/hooks/${name}${query}`, {
    method: 'POST',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    body,
  });

/** What the runs of a command have written, all of them. */
export const writtenBy = async (world: World, name: string): Promise<string> =>
  (await world.gantry(['process', 'logs', `trigger:${name}`, '--tail', '1000'])).stdout;

export const logOf = (world: World): string =>
  readFileSync(world.path('home', '.local', 'state', 'gantry', 'daemon.log'), 'utf8');
