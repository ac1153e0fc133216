import { type Line, type Span, textOf } from '#panes/kit/line.ts';
import { type LogLine, logBody } from '#panes/kit/log.ts';
import { saying } from '../../dispatch/call.ts';
import { isExact, matcher, wordsOf } from '../filter.ts';
import type { State } from '../state.ts';
import type { World } from '../world.ts';
import { firstPlace, moved } from './rows.ts';
import { changed, showing } from './scroll.ts';
import { logRoom } from './view.ts';

interface Found {
  key: string;
  numbers: readonly number[];
}

const remembered = new WeakMap<readonly LogLine[], Found>();

/** The numbers of the lines that have what is searched for, in order. */
export function matchesIn({ logs: { view, raw }, detail: { search } }: State): readonly number[] {
  if (!view || search === '') return [];
  const { lines, first } = view.window;
  const key = `${raw} ${first} ${search}`;
  const known = remembered.get(lines);
  if (known?.key === key) return known.numbers;
  const matches = matcher(search);
  const manner = { names: 0, times: false, raw };
  const numbers = lines.flatMap((line, index) =>
    matches(textOf(logBody(line, manner))) ? [first + index] : [],
  );
  remembered.set(lines, { key, numbers });
  return numbers;
}

/** The newest match in sight or above it, which is most likely meant; nothing is read while somebody types. */
export function nearestMatch(state: State, world: World): State {
  const next = nextIn(state, world, -1) ?? matchesIn(state).at(-1);
  return next === undefined ? state : changed(showing(state, world, next), { found: next });
}

/** The next match from the one that was found last, or else from what is in sight: in the window, then in the logs. */
export function toLogMatch(state: State, world: World, step: 1 | -1): State {
  const { view } = state.logs;
  if (!view) return state;
  const next = nextIn(state, world, step);
  if (next !== undefined) return changed(showing(state, world, next), { found: next });
  const isEnd = step > 0 ? view.reaches : view.isWhole;
  const { search } = state.detail;
  if (!isEnd) return changed(state, { wants: { kind: 'match', step, search }, failure: undefined });
  return saying(state, `nothing further ${step > 0 ? 'down' : 'up'} has ${search}`, 'quiet');
}

function nextIn(state: State, world: World, step: 1 | -1): number | undefined {
  const { view } = state.logs;
  const room = logRoom(state, world);
  if (!view || !room) return undefined;
  const top = firstPlace(state, view, room);
  const bottom = moved(state, view, room, top, room.height - 1).number;
  const from = view.found ?? (step > 0 ? top.number - 1 : bottom + 1);
  const numbers = matchesIn(state);
  return step > 0 ? numbers.find((number) => number > from) : numbers.findLast((number) => number < from);
}

/** A search as a regular expression of the headless form, within one that is asked for already. */
export function patternOf(search: string, within?: string): string {
  const words = wordsOf(search).map((word) => (isExact(word) ? escaped(word) : inEitherCase(word)));
  return `^${[...(within === undefined ? [] : [within]), ...words].map((one) => `(?=.*(?:${one}))`).join('')}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function inEitherCase(word: string): string {
  return [...word]
    .map((letter) => {
      const large = letter.toUpperCase();
      return large === letter || [...large].length > 1 ? escaped(letter) : `[${letter}${large}]`;
    })
    .join('');
}

/** Which match was found last, of how many; nothing where nothing is searched for. */
export function matchWords(state: State): string {
  if (state.detail.search === '') return '';
  const numbers = matchesIn(state);
  const at = numbers.indexOf(state.logs.view?.found ?? Number.NaN) + 1;
  if (numbers.length === 0) return 'no match';
  return at > 0
    ? `${at} of ${numbers.length}`
    : numbers.length === 1
      ? '1 match'
      : `${numbers.length} matches`;
}

/** A row with what is searched for in the tone of matches. */
export function highlighted(line: Line, search: string): Line {
  const words = wordsOf(search);
  if (words.length === 0) return line;
  return line.flatMap((one) => splitAt(one, spansOf(one.text, words)));
}

type Range = readonly [from: number, to: number];

/** Where words occur, joined where they overlap. */
function spansOf(text: string, words: readonly string[]): Range[] {
  const lowered = text.toLowerCase();
  // Of some letters the small one is longer, which would move all that follows.
  const lower = lowered.length === text.length ? lowered : text;
  const all = words.flatMap((word) => occurrences(isExact(word) ? text : lower, word));
  const joined: Range[] = [];
  for (const [from, to] of all.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

function occurrences(text: string, word: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    found.push([at, at + word.length]);
  return found;
}

function splitAt(one: Span, ranges: readonly Range[]): Span[] {
  const parts: Span[] = [];
  let end = 0;
  for (const [from, to] of ranges) {
    if (from > end) parts.push({ ...one, text: one.text.slice(end, from) });
    parts.push({ ...one, text: one.text.slice(from, to), tone: 'match' });
    end = to;
  }
  return end < one.text.length ? [...parts, { ...one, text: one.text.slice(end) }] : parts;
}
