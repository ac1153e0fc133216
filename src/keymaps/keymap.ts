import { type Chord, chordText, type Key, parseChord } from './chord.ts';
import type { Entry, Place } from './entry.ts';

/** What the keys pressed so far come to. */
export type Found =
  | { kind: 'entry'; entry: Entry }
  /** They begin one or more chords. */
  | { kind: 'begun' }
  | { kind: 'nothing' };

export interface Keymap {
  entries: readonly Entry[];
  /** Asks the places in order: the first that knows the chord decides. */
  find(places: readonly Place[], pressed: Chord): Found;
  entry(id: string): Entry | undefined;
  /** The chord that help shows for an id, empty where it has none. */
  keyFor(id: string): string;
  /** True where a chord of the keymap has the key. */
  uses(key: Key): boolean;
}

interface Bound {
  chord: Chord;
  entry: Entry;
}

export function createKeymap(entries: readonly Entry[]): Keymap {
  const bound = new Map<Place, Bound[]>();
  const used = new Set<Key>();
  for (const entry of entries) {
    for (const chord of chordsOf(entry)) {
      for (const key of chord) used.add(key);
      for (const place of entry.where) bound.set(place, [...(bound.get(place) ?? []), { chord, entry }]);
    }
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]));

  function find(places: readonly Place[], pressed: Chord): Found {
    for (const place of places) {
      const begun = (bound.get(place) ?? []).filter(({ chord }) => startsWith(chord, pressed));
      const whole = begun.find(({ chord }) => chord.length === pressed.length);
      if (whole) return { kind: 'entry', entry: whole.entry };
      if (begun.length > 0) return { kind: 'begun' };
    }
    return { kind: 'nothing' };
  }

  return {
    entries,
    find,
    entry: (id) => byId.get(id),
    keyFor: (id) => {
      const [first] = chordsOf(byId.get(id));
      return first ? chordText(first) : '';
    },
    uses: (key) => used.has(key),
  };
}

export interface Conflict {
  place: Place;
  /** Both ids, and the chord of each. */
  ids: [string, string];
  keys: [string, string];
  why: string;
}

/** Chords that can't both work: the same one twice in a place, or one that begins another. */
export function conflictsIn(entries: readonly Entry[]): Conflict[] {
  const conflicts: Conflict[] = [];
  const seen = new Map<Place, Bound[]>();
  for (const entry of entries) {
    for (const chord of chordsOf(entry)) {
      for (const place of entry.where) {
        const others = seen.get(place) ?? [];
        for (const other of others) {
          const why = clash(chord, other.chord);
          const keys: Conflict['keys'] = [chordText(other.chord), chordText(chord)];
          if (why) conflicts.push({ place, ids: [other.entry.id, entry.id], keys, why });
        }
        seen.set(place, [...others, { chord, entry }]);
      }
    }
  }
  return conflicts;
}

function clash(a: Chord, b: Chord): string | undefined {
  if (startsWith(a, b) && a.length === b.length) return 'both have this chord';
  if (startsWith(a, b)) return `${chordText(b)} acts before ${chordText(a)} is complete`;
  if (startsWith(b, a)) return `${chordText(a)} acts before ${chordText(b)} is complete`;
  return undefined;
}

function chordsOf(entry: Entry | undefined): Chord[] {
  return (entry?.keys ?? []).flatMap((keys) => {
    const parsed = parseChord(keys);
    return parsed.ok ? [parsed.chord] : [];
  });
}

function startsWith(chord: Chord, start: Chord): boolean {
  return start.length <= chord.length && start.every((key, index) => chord[index] === key);
}
