import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { nearest } from '#engines/core/nearest.ts';
import { DEFAULT } from '#keymaps/default.ts';
import { createKeymap } from '#keymaps/keymap.ts';
import { type Overrides, override } from '#keymaps/overrides.ts';

const overridden = (toml: string) => override(DEFAULT, parse(toml) as Overrides, nearest);
const keymapOf = (toml: string) => createKeymap(overridden(toml).entries);
const places = ['repos', 'list', 'screen'];

describe('keys of one’s own', () => {
  test('replace all that the id had', () => {
    const keymap = keymapOf('repo.fetch = "F"');
    expect(keymap.find(places, ['F'])).toMatchObject({ entry: { id: 'repo.fetch' } });
    expect(keymap.find(places, ['f'])).toEqual({ kind: 'nothing' });
  });

  test('may be several, and chords of several keys', () => {
    const keymap = keymapOf('[move]\nfirst = ["g g", "home"]');
    expect(keymap.find(places, ['g'])).toEqual({ kind: 'begun' });
    expect(keymap.find(places, ['g', 'g'])).toMatchObject({ entry: { id: 'move.first' } });
    expect(keymap.find(places, ['home'])).toMatchObject({ entry: { id: 'move.first' } });
  });

  test('may be none: false disables', () => {
    const keymap = keymapOf('repo.reset = false');
    expect(keymap.find(places, ['R'])).toEqual({ kind: 'nothing' });
    expect(keymap.keyFor('repo.reset')).toBe('');
  });
});

describe('what can’t be understood leaves the key as it was and says why', () => {
  test.each([
    [
      'repo.fetsh = "F"',
      ['repo', 'fetsh'],
      'there is no action or move `repo.fetsh`; did you mean `repo.fetch`?',
    ],
    ['repo.fetch = 3', ['repo', 'fetch'], 'expected a chord, a list of chords, or false'],
    ['repo.fetch = "ctrl+i"', ['repo', 'fetch'], '`ctrl+i`: terminals send ctrl+i as tab: write that'],
    ['repo.fetch = "p"', ['repo', 'fetch'], '`p` is also for `repo.pull`: both have this chord'],
    ['repo.fetch = "p p"', ['repo', 'fetch'], '`p p` is also for `repo.pull`: p acts before p p is complete'],
  ])('%s', (toml, path, message) => {
    expect(overridden(toml).problems).toEqual([{ path, message }]);
  });
});
