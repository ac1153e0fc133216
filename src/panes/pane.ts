import type { Column } from './kit/column.ts';
import type { Line } from './kit/line.ts';
import type { Look } from './kit/look.ts';
import type { Usage } from './kit/trace.ts';

/** An action with the input it is called with. */
export interface Call {
  action: string;
  input: Record<string, unknown>;
  /** Plans the failed targets of this activity anew. */
  retry?: string;
  /** What is known of it beforehand: its plan is shown below this and confirmed, whatever its effects. */
  preview?(look: Look): Line[];
}

/** One of several calls that a key can stand for. */
export interface Choice {
  label: string;
  call: Call;
}

/** An action that a pane's rows can be given to. */
export interface Offer<Row = unknown> {
  /** Id that the keymap knows: the action's, or one of its own where a pane uses an action in its own way. */
  id: string;
  /** How many rows it can take at once; `none`: the selection is nothing to it. */
  takes: 'none' | 'one' | 'many';
  call(rows: readonly Row[]): Call;
  /** The calls that a person chooses from; `call` is the first of them. */
  choices?(rows: readonly Row[]): readonly Choice[];
  /** Why it can't run on this row now: what stands in the way, one short clause. */
  unable?(row: Row): string | undefined;
  /** Why it can't run on these rows together, each of which it could run on. */
  apart?(rows: readonly Row[]): string | undefined;
}

/** What a row has in common with rows of other panes, by what it is: `{ repo: 'api', set: 'login' }`. */
export type Links = Readonly<Partial<Record<'repo' | 'set' | 'branch' | 'service' | 'worker', string>>>;

/** A way from a row to the rows of another pane that are about the same thing. */
export interface Jump<Row = unknown> {
  /** Id of that pane. */
  to: string;
  /** What those rows have in common with this one; nothing where there can be none. */
  by(row: Row): Links | undefined;
}

/** One part of a row's detail. */
export type Section<Row = unknown> = Page<Row> | LogSection<Row>;

/** The logs of processes, which are followed. */
export interface LogSection<Row = unknown> {
  id: string;
  title: string;
  /** Names of the processes that a row is made of. */
  processes(row: Row): readonly string[];
}

/** Something to be read. */
export interface Page<Row = unknown> {
  id: string;
  title: string;
  /** What has to be asked for it, one or several; absent where the row itself tells all. */
  query?(row: Row): Call | readonly Call[];
  /** `data` is the query's answer, those of several in their order, absent without a query. Lines may be longer than the width. */
  lines(subject: Subject<Row>, look: Look): Line[];
}

export interface Subject<Row> {
  row: Row;
  data: unknown;
  /** Cells that a line has. */
  width: number;
  /** Activities that concern the row, newest first. */
  activities: readonly unknown[];
  /** Every row of the pane, in its order. */
  rows: readonly Row[];
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
  /** It stands on the screen, and is kept live, only from when it is called by name to when another has the focus. */
  isCalled?: true;
  title: string;
  /** Share of its column's height. */
  weight: number;
  /** Where not all panes have room, it is folded before any other. */
  yields?: true;
  /** The query that prints it headless. */
  list: Call;
  /** The stream of row deltas that keeps it live. */
  watch: Call;
  key(row: Row): string;
  /** Name of a row in sentences. */
  name(row: Row): string;
  /** What activities call the thing that the row is part of; absent where that is its name. */
  target?(row: Row): string;
  /** Rows with the same answer are marked together. */
  group?(row: Row): string | undefined;
  links?(row: Row): Links;
  jumps?: readonly Jump<Row>[];
  /** Order of rows, where it is not that of their names. */
  compare?(a: Row, b: Row): number;
  columns: readonly Column<Row>[];
  /** What a row uses, of which the last minutes are kept; nothing where it uses nothing. */
  usage?(row: Row): Usage | undefined;
  /** What the filter looks at. */
  words(row: Row): string;
  /** True for rows that want a person's eye; counted in the title. */
  needsYou(row: Row): boolean;
  offers: readonly Offer<Row>[];
  sections: readonly Section<Row>[];
  copies(row: Row): Copy[];
  /** Directory for shell and editor. */
  directory?(row: Row): string | undefined;
  /** What can be opened of a row outside of the terminal; where the row does not say it, a query's answer does. */
  opens?: {
    ask?(row: Row): Call;
    destination(row: Row, data: unknown): Destination | undefined;
    /** Why there is none, where there is none. */
    missing: string;
  };
  empty: { title: string; hint: string };
}
