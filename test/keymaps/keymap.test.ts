import { describe, expect, test } from 'vitest';
import { MOVES } from '#app/tui/state/moves/index.ts';
import { parseChord } from '#keymaps/chord.ts';
import { DEFAULT } from '#keymaps/default.ts';
import { conflictsIn, createKeymap } from '#keymaps/keymap.ts';
import { STRICT } from '#keymaps/strict.ts';
import { PANES } from '#panes/index.ts';

describe.each([
  ['default', DEFAULT],
  ['strict', STRICT],
])('the %s keymap', (_, entries) => {
  test('has each id once', () => {
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('has only chords that terminals deliver', () => {
    const problems = entries.flatMap(({ keys }) => keys.map(parseChord)).filter((parsed) => !parsed.ok);
    expect(problems).toEqual([]);
  });

  test('has no chord twice in a place', () => {
    expect(conflictsIn(entries)).toEqual([]);
  });

  test('reaches every action that a pane offers', () => {
    const ids = new Set(entries.map(({ id }) => id));
    const offered = PANES.flatMap(({ offers }) => offers.map(({ id }) => id));
    expect(offered.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('has no key of a pane that its pane does not offer', () => {
    const unoffered = PANES.flatMap(({ id: pane, offers }) => {
      const known = new Set([...offers.map(({ id }) => id), ...Object.keys(MOVES)]);
      return entries.filter(({ id, where }) => where.includes(pane) && !known.has(id));
    });
    expect(unoffered).toEqual([]);
  });

  test('reaches every move', () => {
    const ids = new Set(entries.map(({ id }) => id));
    expect(Object.keys(MOVES).filter((id) => !ids.has(id))).toEqual([]);
  });

  test('needs no function key and no chord that a multiplexer eats', () => {
    const eaten = /^(?:f\d+|ctrl\+[baqs]|alt\+.*)$/;
    const only = entries.filter(
      ({ keys, where }) => keys.every((key) => eaten.test(key)) && !where.includes('text'),
    );
    expect(only).toEqual([]);
  });
});

test('strict: a stray letter in the wrong window starts nothing', () => {
  const keymap = createKeymap(STRICT);
  const places = ['repos', 'list', 'screen'];
  expect(keymap.find(places, ['f'])).toEqual({ kind: 'nothing' });
  expect(keymap.find(places, [','])).toEqual({ kind: 'begun' });
  expect(keymap.find(places, [',', 'f'])).toMatchObject({ kind: 'entry', entry: { id: 'repo.fetch' } });
  expect(keymap.find(places, ['j'])).toMatchObject({ kind: 'entry', entry: { id: 'move.down' } });
});

test('the most particular place decides what a key is', () => {
  const keymap = createKeymap(DEFAULT);
  expect(keymap.find(['repos', 'list', 'screen'], ['n'])).toMatchObject({ entry: { id: 'workspace.add' } });
  expect(keymap.find(['filtered', 'repos', 'list', 'screen'], ['n'])).toMatchObject({
    entry: { id: 'match.next' },
  });
});
