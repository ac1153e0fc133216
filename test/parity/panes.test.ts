import { describe, expect } from 'vitest';
import { openHost } from '#app/invoke/host.ts';
import { parseInput } from '#app/invoke/input.ts';
import { findAction } from '#app/registry/find.ts';
import type { Action } from '#engines/core/action.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { PANES } from '#panes/index.ts';
import type { Call, Pane } from '#panes/pane.ts';
import { recordingCaller } from '../app/invoke/caller.ts';
import type { World } from '../rig/home.ts';
import { test } from '../rig/test.ts';
import { createWorkspace } from '../rig/workspace.ts';
import { succeed } from '../scenario/succeed.ts';

/** The rows that a pane's own query gives. */
const rowsOf = async (world: World, { list }: Pane): Promise<unknown[]> => {
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  world.defer(() => host.close());
  const caller = recordingCaller({ cwd: world.path('work'), workspace: world.path('work') });
  const outcome = await host.invoke(list, caller);
  if (outcome.kind !== 'data') throw new Error(JSON.stringify(outcome));
  return Object.values(outcome.data as Record<string, unknown>).find(Array.isArray) ?? [];
};

const expectFits = async ({ action, input }: Call, partial = false) => {
  const declared = await findAction(action);
  expect({ action, declared: declared?.id }).toEqual({ action, declared: action });
  const given = partial ? { ...filling(declared as Action), ...input } : input;
  await expect(parseInput(declared as Action, given, 'screen')).resolves.toBeDefined();
};

const FILLINGS: Record<string, unknown> = { string: 'x', array: ['true'], number: 1 };

/** What a form asks for: something for each required field. */
const filling = ({ input }: Action): Record<string, unknown> => {
  const shape = input.shape as Record<string, { def: { type: string } }>;
  const required = Object.entries(shape).filter(([, { def }]) => def.type in FILLINGS);
  return Object.fromEntries(required.map(([name, { def }]) => [name, FILLINGS[def.type]]));
};

describe.each(PANES.map((pane) => [pane.id, pane] as const))('what the pane %s asks for', (_, pane) => {
  test('are actions that there are, with inputs that they take', async ({ world }) => {
    const { repo } = await createWorkspace(world, { api: 'dirty', web: 'behind' });
    await succeed(world, ['workspace', 'sync', 'web']);
    await repo('web').branch('develop', 'main');
    await succeed(world, ['feat', 'login', '--repos', 'web']);
    await succeed(world, ['service', 'start', '--name', 'web', '--command', 'exec sleep 1000']);
    const worker = ['worker', 'spawn', 'command', '--command', 'sleep 1000', '--health', 'none'];
    await succeed(world, [...worker, '--name', 'sleeper', '--yes']);
    const rows = await rowsOf(world, pane);
    expect(rows.length).toBeGreaterThan(0);
    await expectFits(pane.list);
    await expectFits(pane.watch);
    for (const offer of pane.offers) {
      await expectFits(offer.call(offer.takes === 'none' ? [] : rows.slice(0, 1)), true);
      await expectFits(offer.call(offer.takes === 'many' ? rows : rows.slice(0, 1)), true);
      for (const { call } of offer.choices?.(rows) ?? []) await expectFits(call, true);
    }
    const queries = pane.sections.flatMap((section) =>
      'query' in section && section.query ? rows.flatMap(section.query) : [],
    );
    for (const query of queries) await expectFits(query);
  });
});
