import { describe, expect, test } from 'vitest';
import { parseArguments } from '#app/cli/argv/parse.ts';
import { nameAction } from '#app/cli/argv/words.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import { findCard } from '#app/registry/find.ts';
import { shellLine } from '#app/surface/line.ts';
import type { ActionCard } from '#engines/core/card.ts';
import type { Json } from '#engines/core/json.ts';
import { HOSTILE_BRANCHES, HOSTILE_NAMES } from '../rig/names.ts';
import { test as inWorld } from '../rig/test.ts';
import { callTyped } from './surfaces.ts';

const RESET = findCard('repo.reset') as ActionCard;
const EXEC = findCard('workspace.exec') as ActionCard;

/** Names that a person can type: controls are shown as signs, and signs are not the names. */
const typeable = (names: Record<string, string>) =>
  Object.entries(names).filter(([, name]) => !/[\p{Cc}\u202a-\u202e]/u.test(name));

type Said = [why: string, card: ActionCard, input: Record<string, Json>];

const CALLS: readonly Said[] = [
  ...typeable(HOSTILE_NAMES).map(
    ([why, name]): Said => [`a repo named with ${why}`, RESET, { repos: [name, 'api'] }],
  ),
  ...typeable(HOSTILE_BRANCHES).map(
    ([why, name]): Said => [`a branch named with ${why}`, RESET, { repos: ['api'], to: name }],
  ),
  [
    'a command with options of its own',
    EXEC,
    { command: ['git', '-C', 'a b', 'log', '--all'], repos: ['api'] },
  ],
  ['a flag and nothing else', RESET, { all: true }],
  ['an empty word', EXEC, { command: ['printf', ''] }],
];

describe('the line of a call says that call again', () => {
  inWorld.for(CALLS)('in a real shell: %s', async ([, card, input], { world }) => {
    const line = shellLine(card, { input });
    const { stdout } = await world.run('sh', ['-c', `gantry() { printf '%s\\0' "$@"; }; ${line}`]);
    const named = nameAction(stdout.split('\0').slice(0, -1), ACTIONS);
    expect(named.card?.id).toBe(card.id);
    expect(parseArguments(card, named.rest, {}).input).toEqual(input);
  });

  inWorld.for(CALLS)('in the palette: %s', ([, card, input], { world }) => {
    const line = shellLine(card, { input }).replace(/^gantry /, '');
    expect(callTyped(world, line)).toEqual({ action: card.id, input });
  });
});

test('the words of no action begin those of another that takes arguments there', () => {
  for (const { id, input } of ACTIONS) {
    const deeper = ACTIONS.filter((other) => other.id.startsWith(`${id}.`)).map((other) =>
      other.id.split('.').at(-1),
    );
    const free = Object.values(input.properties).filter(
      ({ positional, completes }) => positional && !completes,
    );
    expect({ id, deeper: free.length > 0 ? deeper : [] }).toEqual({ id, deeper: [] });
  }
});
