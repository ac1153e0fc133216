import type { Candidate } from '#app/surface/completion/slot.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Answer as QuestionAnswer } from '#engines/core/question.ts';
import type { Chord } from '#keymaps/chord.ts';
import type { Tone } from '#panes/kit/line.ts';
import type { Call } from '#panes/pane.ts';
import type { Job } from './job.ts';
import type { LogLine } from './log.ts';
import type { Logs, LogView } from './logs/logs.ts';
import type { Overlay } from './overlay.ts';
import type { Narrowing, PaneState } from './rows.ts';

/** Everything that the screen shows, and nothing that it owns. */
export interface State {
  cols: number;
  rows: number;
  /** Milliseconds since the epoch, as of the last event. */
  now: number;
  scope: Scope;
  connection: Connection;
  panes: Readonly<Record<string, PaneState>>;
  /** Id of the pane that has the keys. */
  focus: string;
  zoomed: boolean;
  detail: Detail;
  /** Keys that have begun a chord. */
  pressed: Chord;
  /** Dialogs, the one that has the keys last. */
  overlays: readonly Overlay[];
  jobs: readonly Job[];
  /** Last number given to a job or a question. */
  serial: number;
  message?: Message;
  /** The command log. */
  log: { shown: boolean; lines: readonly LogLine[] };
  /** Logs of processes, in the detail. */
  logs: Logs;
  /** Ids of actions that were run here, the latest first. */
  recent: readonly string[];
  /** What arguments complete to, by the question for it; kept while the palette is open. */
  values: Readonly<Record<string, readonly Candidate[]>>;
  trail: { back: readonly Spot[]; forward: readonly Spot[] };
}

/** Where the screen works. */
export type Scope =
  | { kind: 'workspace'; root: string; name: string }
  /** Outside of any workspace: the first screen, with how many repositories could be taken in, once that is known. */
  | { kind: 'none'; directory: string; found?: number };

export type Connection = { kind: 'connecting' } | { kind: 'live' } | { kind: 'lost'; failure: Failure };

/** What stands beside the zoomed list. */
export interface Detail {
  hasKeys: boolean;
  /** While it has the keys it has all the screen too. */
  full: boolean;
  /** The shown section of each pane. */
  sections: Readonly<Record<string, string>>;
  /** First shown line. */
  top: number;
  /** Cells of its lines that are out of sight on the left. */
  left: number;
  search: string;
  /** The answer to `asked`, or to nothing yet. */
  answer?: Answer;
}

export interface Answer {
  /** Which question it answers: pane, row and section. */
  asked: string;
  status: 'loading' | 'ready' | 'failed';
  data?: unknown;
  failure?: Failure;
}

export interface Message {
  tone: Tone;
  text: string;
  at: number;
}

/** A place to come back to. */
export interface Spot {
  focus: string;
  zoomed: boolean;
  selected?: string;
  section?: string;
  only?: Narrowing;
}

/** What a turn asks of the world outside the state. */
export type Effect =
  /** What an id of the keymap stands for, once the dialog that chose it is closed. */
  | { kind: 'run'; id: string }
  | { kind: 'invoke'; job: number; call: Call }
  | { kind: 'query'; call: Call; title: string }
  /** A stream whose events a viewer shows, until that is closed. */
  | { kind: 'follow'; stream: number; call: Call }
  | { kind: 'unfollow'; stream: number }
  | { kind: 'answer'; question: number; answer: QuestionAnswer }
  | { kind: 'cancel'; job: number }
  /** Cancels what was not begun here. */
  | { kind: 'cancel-activity'; id: string }
  | { kind: 'copy'; text: string }
  /** Shows a row outside of the terminal. */
  | { kind: 'open'; pane: string; row: unknown }
  | { kind: 'hand-over'; tool: 'shell' | 'editor'; directory: string }
  /** Writes all lines of a range into a file that is not there yet. */
  | { kind: 'save-logs'; file: string; view: LogView; timestamps: boolean }
  | { kind: 'refresh' }
  | { kind: 'redraw' }
  | { kind: 'suspend' }
  | { kind: 'quit' };

/** What comes of an event. */
export interface Turn {
  state: State;
  effects: readonly Effect[];
}

export function turn(state: State, ...effects: Effect[]): Turn {
  return { state, effects };
}
