import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '#app/registry/actions.ts';
import { commandLine } from '#app/tui/menus/command-line.ts';
import type { World } from '../rig/home.ts';
import { openStage } from './stage.ts';
import { type Answer, inShell, openPlace, overMcp, type Place, throughPalette } from './surfaces.ts';

let world: World;
let workspace: Place;
let bare: Place;

beforeAll(async () => {
  world = await openStage();
  workspace = await openPlace(world, { cwd: world.path('work'), workspace: world.path('work') });
  bare = await openPlace(world, { cwd: world.path('home') });
});
afterAll(async () => world?.[Symbol.asyncDispose]());

/** What only a person may do; programs and agents are told so, by one and the same code. */
const FOR_PEOPLE = new Map([['workspace.trust', 'trust-needs-person']]);

/** What makes a workspace makes sense where there is none. */
const OUTSIDE = new Set(['workspace.init', 'demo']);

describe.each(ACTIONS.map((card) => [card.id, card] as const))('%s', (id, card) => {
  test('has an example', () => expect(card.examples).not.toEqual([]));

  test.each(card.examples.map(({ title, input }) => [title, input] as const))('%s', async (_, input) => {
    const place = OUTSIDE.has(id) ? bare : workspace;
    const line = commandLine(card, { action: id, input });
    const shell = await inShell(place, card, line);
    const refusal = FOR_PEOPLE.get(id);
    expect(shell).toMatchObject(refusal ? { kind: 'failure', code: refusal } : { kind: KINDS[card.kind] });
    expect(comparable(await overMcp(place, card, input))).toEqual(comparable(shell));
    const person = card.kind === 'stream' ? shell : await throughPalette(place, line);
    expect(refusal ? person.kind : comparable(person)).toEqual(refusal ? 'plan' : comparable(shell));
  });
});

const KINDS = { query: 'data', command: 'plan', stream: 'event' } as const;

/** Plans by their hash; data and events by their shape, because clocks and processes are in them. */
const comparable = (answer: Answer): unknown => {
  if (answer.kind === 'data') return { kind: 'data', shape: shapeOf(answer.data) };
  return answer.kind === 'event' ? { kind: 'event', shape: shapeOf(answer.event) } : answer;
};

/** Keys and types all the way down; a list has the shapes of its elements, each once. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].toSorted();
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
