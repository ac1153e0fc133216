import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '#app/registry/actions.ts';
import { shellLine } from '#app/surface/line.ts';
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

/** What agents are not told, by the code that they are told instead. */
const NOT_FOR_AGENTS = new Map([['trigger.token', 'trigger-token-private']]);

/** What makes a workspace makes sense where there is none. */
const OUTSIDE = new Set(['workspace.init', 'demo']);

describe.each(ACTIONS.map((card) => [card.id, card] as const))('%s', (id, card) => {
  test('has an example', () => expect(card.examples).not.toEqual([]));

  test.each(card.examples.map(({ title, input }) => [title, input] as const))('%s', async (_, input) => {
    const place = OUTSIDE.has(id) ? bare : workspace;
    const line = shellLine(card, { input });
    const shell = await inShell(place, card, line);
    const refusal = FOR_PEOPLE.get(id);
    expect(shell).toMatchObject(refusal ? { kind: 'failure', code: refusal } : { kind: KINDS[card.kind] });
    const agent = await overMcp(place, card, input);
    const secret = NOT_FOR_AGENTS.get(id);
    expect(secret ? codeOf(agent) : comparable(agent)).toEqual(secret ?? comparable(shell));
    const person = await throughPalette(place, line);
    expect(refusal ? person.kind : comparable(person)).toEqual(refusal ? 'plan' : comparable(shell));
  });
});

const codeOf = (answer: Answer): string => (answer.kind === 'failure' ? answer.code : answer.kind);

const KINDS = { query: 'data', command: 'plan', stream: 'event' } as const;

/** Plans by their hash, data by its shape, because clocks and processes are in it, and events by what they tell of. */
const comparable = (answer: Answer): unknown => {
  if (answer.kind === 'data') return { kind: 'data', shape: shapeOf(answer.data, Number.POSITIVE_INFINITY) };
  // What comes first in a stream is not yet all that is known of a row.
  return answer.kind === 'event' ? { kind: 'event', shape: shapeOf(answer.event, 2) } : answer;
};

/** Keys, and types as far down as is asked for; a list has the shapes of its elements, each once. */
const shapeOf = (value: unknown, depth: number): unknown => {
  if (depth === 0) return 'something';
  if (Array.isArray(value)) {
    return [...new Set(value.map((one) => JSON.stringify(shapeOf(one, depth))))].toSorted();
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shapeOf(inner, depth - 1)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
