import type { Column } from './kit/column.ts';
import type { Line } from './kit/line.ts';
import type { Look } from './kit/look.ts';

/** An action with the input it is called with. */
export interface Call {
  action: string;
  input: Record<string, unknown>;
  /** Plans the failed targets of this activity anew. */
  retry?: string;
}

/** An action that a pane's rows can be given to. */
export interface Offer<Row = unknown> {
  /** Id that the keymap knows: the action's, or one of its own where a pane uses an action in its own way. */
  id: string;
  /** How many rows it can take at once; `none`: the selection is nothing to it. */
  takes: 'none' | 'one' | 'many';
  call(rows: readonly Row[]): Call;
  /** Why it can't run on this row now: what stands in the way, one short clause. */
  unable?(row: Row): string | undefined;
}

/** One page of a row's detail. */
export interface Section<Row = unknown> {
  id: string;
  title: string;
  /** What has to be asked for it; absent where the row itself tells all. */
  query?(row: Row): Call;
  /** `data` is the query's answer, absent without a query. Lines may be longer than the width. */
  lines(subject: Subject<Row>, look: Look): Line[];
}

export interface Subject<Row> {
  row: Row;
  data: unknown;
  /** Cells that a line has. */
  width: number;
  /** Activities that concern the row, newest first. */
  activities: readonly unknown[];
}

/** Something of a row that can be copied. */
export interface Copy {
  label: string;
  text: string;
}

/** Something to look at outside of the terminal. */
export type Destination = { kind: 'page'; url: string } | { kind: 'directory'; path: string };

/** A live list of one kind of thing with a detail view. */
export interface Pane<Row = unknown> {
  id: string;
  /** The key that focuses it; absent where only its name does. */
  number?: number;
  title: string;
  /** Share of its column's height. */
  weight: number;
  /** The query that prints it headless. */
  list: Call;
  /** The stream of row deltas that keeps it live. */
  watch: Call;
  key(row: Row): string;
  /** Name of a row in sentences. */
  name(row: Row): string;
  /** Order of rows, where it is not that of their names. */
  compare?(a: Row, b: Row): number;
  columns: readonly Column<Row>[];
  /** What the filter looks at. */
  words(row: Row): string;
  /** True for rows that want a person's eye; counted in the title. */
  needsYou(row: Row): boolean;
  offers: readonly Offer<Row>[];
  sections: readonly Section<Row>[];
  copies(row: Row): Copy[];
  /** Directory for shell and editor. */
  directory?(row: Row): string | undefined;
  /** What can be opened of a row outside of the terminal: the query that knows it, and where its answer has it. */
  opens?: { ask(row: Row): Call; destination(data: unknown): Destination | undefined };
  empty: { title: string; hint: string };
}
