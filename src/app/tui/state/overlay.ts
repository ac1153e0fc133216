import type { Failure } from '#engines/core/errors.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import type { Line } from '#panes/kit/line.ts';
import type { Call, Choice, Copy } from '#panes/pane.ts';
import { type Field, field } from './field.ts';

/** What lies over the panes and has the keys. */
export type Overlay = Filter | Menu | Confirm | Trust | Credential | Form | Prompt | Viewer;

/** The line in which a list is filtered or a detail searched. */
export interface Filter {
  kind: 'filter';
  field: Field;
  /** What stood before, for `esc`. */
  before: string;
}

/** A list that is narrowed by typing: the palette, help, the copy menu, what a key can stand for. */
export interface Menu {
  kind: 'menu';
  source: 'palette' | 'help' | 'copy' | 'pick';
  field: Field;
  selected: number;
  /** What the copy menu has beside what the row itself tells. */
  offered?: readonly Copy[];
  /** What is chosen from, and what for. */
  picks?: { title: string; from: readonly Choice[] };
}

/** A plan that waits for a yes. */
export interface Confirm {
  kind: 'confirm';
  question: number;
  plan: DescribedPlan;
  top: number;
  openedAt: number;
  /** What has to be typed, where the plan has steps that nothing can take back. */
  typing?: { word: string; field: Field };
  /** The call that it is the plan of, where this screen has made it. */
  call?: Call;
  /** The form that the call came from. */
  form?: Form;
}

/** A workspace that brings commands. */
export interface Trust {
  kind: 'trust';
  question: number;
  workspace: string;
  commands: readonly string[];
  top: number;
}

/** What git or ssh asks for. */
export interface Credential {
  kind: 'credential';
  question: number;
  prompt: string;
  secret: boolean;
  field: Field;
}

/** The inputs that a call still misses. */
export interface Form {
  kind: 'form';
  call: Call;
  fields: readonly FormField[];
  /** Index of the field that has the keys. */
  at: number;
  /** What the host found wrong. */
  failure?: Failure;
  /** What it tells is which lines of the logs are shown: nothing is run. */
  isRange?: boolean;
}

export interface FormField {
  name: string;
  field: Field;
  /** The workspace knows what it could be. */
  suggests: boolean;
}

/** One thing that a move has to be told. */
export interface Prompt {
  kind: 'prompt';
  what: 'file' | 'moment';
  field: Field;
  /** What was wrong with what was told before. */
  problem?: string;
}

/** Something to read. */
export interface Viewer {
  kind: 'viewer';
  title: string;
  lines: readonly Line[];
  /** First shown line; infinite where it stays at the end, whatever comes. */
  top: number;
  tone?: 'bad';
  /** Its lines are as long as they are: what is out of sight on the left, in cells. */
  left?: number;
  /** The stream that its lines come from. */
  stream?: { id: number; isLive: boolean; isEmpty: boolean };
}

/** The menu of what a key can stand for. */
export function pickMenu(title: string, from: readonly Choice[]): Menu {
  return { kind: 'menu', source: 'pick', field: field(), selected: 0, picks: { title, from } };
}
