import type { Failure } from '#engines/core/errors.ts';
import type { RowDelta } from '#engines/core/rows.ts';
import { type Trace, withUsage } from '#panes/kit/trace.ts';
import type { Links, Pane } from '#panes/pane.ts';
import { matcher } from './filter.ts';
import type { Spot } from './state.ts';

/** One pane's rows and where a person is among them. */
export interface PaneState {
  rows: ReadonlyMap<string, unknown>;
  /** Something has come; before that the pane is a skeleton. */
  heard: boolean;
  /** Every row has been read at least once. */
  complete: boolean;
  failure?: Failure;
  selected?: string;
  /** Place of the row to be selected, whichever comes to stand there; absent once a row itself was chosen. */
  wish?: number;
  /** What rows have used lately, by their keys. */
  traces: ReadonlyMap<string, Trace>;
  /** First shown row. */
  top: number;
  marks: ReadonlySet<string>;
  /** Where a range begins that ends at the selected row. */
  anchor?: string;
  filter: string;
  /** A jump has narrowed it to what is about a row of another pane. */
  only?: Narrowing;
}

export interface Narrowing {
  by: Links;
  /** What its rows have in common, for the title. */
  title: string;
  /** Where the jump began. */
  from: Spot;
}

export const EMPTY: PaneState = {
  rows: new Map(),
  heard: false,
  complete: false,
  wish: 0,
  traces: new Map(),
  top: 0,
  marks: new Set(),
  filter: '',
};

/** Rows that pass the filter, in the pane's order. */
export interface Shown {
  keys: readonly string[];
  rows: readonly unknown[];
}

/** Takes in deltas that have come since the last frame. */
export function applyDeltas(
  pane: Pane,
  state: PaneState,
  deltas: readonly RowDelta<unknown>[],
  now: number,
): PaneState {
  const rows = new Map(state.rows);
  for (const { set, drop } of deltas) {
    for (const row of set) rows.set(pane.key(row), row);
    for (const key of drop) rows.delete(key);
  }
  const before = shown(pane, state);
  const complete = deltas.some((delta) => delta.complete) || state.complete;
  const traces = traced(pane, state, rows, now);
  return keepSelection(pane, before, { ...state, rows, traces, complete, heard: true, failure: undefined });
}

/** Only rows that differ have come: all others use what they did before. */
function traced(
  { usage }: Pane,
  { rows: before, traces }: PaneState,
  rows: ReadonlyMap<string, unknown>,
  now: number,
): PaneState['traces'] {
  if (!usage) return traces;
  const kept = [...rows].flatMap(([key, row]): [string, Trace][] => {
    const trace = traces.get(key);
    if (trace && before.get(key) === row) return [[key, trace]];
    const used = usage(row);
    return used ? [[key, withUsage(trace, used, now)]] : [];
  });
  return new Map(kept);
}

/** Without the rows that a stream, which begins with all there is, did not bring again. */
export function dropUnseen(state: PaneState, seen: ReadonlySet<string>): PaneState {
  if ([...state.rows.keys()].every((key) => seen.has(key))) return state;
  return { ...state, rows: new Map([...state.rows].filter(([key]) => seen.has(key))) };
}

/**
 * The selected row stays selected wherever it moves to; where it is gone, the one that took its place is. A place that
 * was wished for is taken by whatever row comes to stand there.
 */
export function keepSelection(pane: Pane, before: Shown, state: PaneState): PaneState {
  const { keys } = shown(pane, state);
  const marks = [...state.marks].every((key) => state.rows.has(key))
    ? state.marks
    : new Set([...state.marks].filter((key) => state.rows.has(key)));
  const anchor = state.anchor !== undefined && state.rows.has(state.anchor) ? state.anchor : undefined;
  if (state.wish === undefined && state.selected !== undefined && keys.includes(state.selected))
    return { ...state, marks, anchor };
  const place = state.wish ?? Math.max(0, before.keys.indexOf(state.selected ?? ''));
  return { ...state, marks, anchor, selected: keys[Math.min(place, keys.length - 1)] };
}

const remembered = new WeakMap<ReadonlyMap<string, unknown>, Map<string, Shown>>();

export function shown(
  pane: Pane,
  { rows, filter, only }: Pick<PaneState, 'rows' | 'filter' | 'only'>,
): Shown {
  let byFilter = remembered.get(rows);
  if (!byFilter) {
    byFilter = new Map();
    remembered.set(rows, byFilter);
  }
  const wanted = only ? JSON.stringify([filter, only.by]) : filter;
  const known = byFilter.get(wanted);
  if (known) return known;
  const found = arrange(pane, rows, filter, only?.by);
  byFilter.set(wanted, found);
  return found;
}

function arrange(pane: Pane, rows: ReadonlyMap<string, unknown>, filter: string, by?: Links): Shown {
  const matches = matcher(filter);
  const entries = [...rows].filter(
    ([, row]) => (by === undefined || hasAll(pane, row, by)) && (filter === '' || matches(pane.words(row))),
  );
  const compare = pane.compare ?? ((a: unknown, b: unknown) => byName(pane.name(a), pane.name(b)));
  entries.sort(([, a], [, b]) => compare(a, b));
  return { keys: entries.map(([key]) => key), rows: entries.map(([, row]) => row) };
}

/** Whether a row has all of this in common with another. */
export function hasAll(pane: Pane, row: unknown, by: Links): boolean {
  return inCommon(pane, row, by) === Object.keys(by).length;
}

/** How much a row has in common with another. */
export function inCommon(pane: Pane, row: unknown, by: Links): number {
  const links = pane.links?.(row) ?? {};
  return Object.entries(by).filter(([name, value]) => links[name as keyof Links] === value).length;
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keys between the anchor and the selected row, both included. */
export function range({ anchor, selected }: PaneState, keys: readonly string[]): readonly string[] {
  if (anchor === undefined || selected === undefined) return [];
  const [from, to] = [keys.indexOf(anchor), keys.indexOf(selected)].toSorted((a, b) => a - b) as [
    number,
    number,
  ];
  return from === -1 ? [] : keys.slice(from, to + 1);
}

/** What an action runs on: everything marked, or else the selected row. */
export function chosen(pane: Pane, state: PaneState): readonly unknown[] {
  const marked = new Set([...state.marks, ...range(state, shown(pane, state).keys)]);
  if (marked.size > 0) {
    const { keys, rows } = shown(pane, { rows: state.rows, filter: '' });
    return rows.filter((_, index) => marked.has(keys[index] as string));
  }
  const selected = state.selected === undefined ? undefined : state.rows.get(state.selected);
  return selected === undefined ? [] : [selected];
}
