import type { Environment, GlobalOption, Globals } from '#app/cli/globals.ts';
import type { Here } from '#app/cli/here.ts';
import type { Property } from '#app/registry/card.ts';
import type { ExitClass, Failure } from '#engines/core/errors.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Outcome } from '#engines/core/invocation.ts';

/** The arguments of a command, by the names that it takes them under. */
export type Given = Readonly<Record<string, unknown>>;

/** One call of an action. */
export interface Call {
  action: string;
  input: Record<string, unknown>;
  /** Root of the workspace that it is made in, where that is not the caller's. */
  workspace?: string;
}

/** Where a command acts. */
export interface Place {
  cwd: string;
  /** Root of the workspace; absent where none was found. */
  workspace?: string;
  /** The root that was asked for, whether or not there is a workspace. */
  asked?: string;
  /** Name of the one repo that it is about, in a dialect that knows no workspaces. */
  repo?: string;
}

/** A call that was made and how it ended. */
export interface Made extends Call {
  outcome: Outcome;
}

/** What came of a command. */
export interface Told {
  given: Given;
  place: Place;
  /** In order; those behind one that did not come out well were not made. */
  made: readonly Made[];
}

/** The global options of one call, in Gantry's words. */
export interface Manner extends Globals {
  /** Tells programs, too, what is done step by step. */
  verbose: boolean;
  /** From which level on it is logged that commands ended, and into which file; absent where nothing is. */
  log?: { level: Level; file?: string };
}

/** The gravest first. */
type Level = 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** A command that has ended, for a log. */
export interface Ended {
  /** As it is typed, its words joined by dots; empty where there was none. */
  command: string;
  given: Given;
  /** A plan that was only shown, or that waits for a yes. */
  planned?: true;
  failure?: Failure;
}

export interface Words {
  /** As they are typed, joined by dots. */
  id: string;
  summary: string;
  /** Arguments and options; an argument without a default is required unless told. */
  takes?: Record<string, Property>;
  optional?: readonly string[];
  /** What is printed where nobody watches the standard output, whether or not that is asked for. */
  inPipes?: 'json';
  /** A failure in words of its own, which go before those of its dialect. */
  failure?(failure: Failure): Partial<Failure>;
  /** A failure for people, where it is told otherwise than others. */
  tells?(failure: Failure): readonly string[];
}

/** A command that stands for calls of actions. */
export interface Acting extends Words {
  calls(given: Given, place: Place): readonly Call[];
  /** Where it acts, if that is another place than that of its dialect. */
  placed?: Dialect['placed'];
  /** What has to be confirmed is, and not taken as confirmed by being typed. */
  asks?(given: Given): boolean;
  /** What the standard input is asked before anything is done; undefined where nothing is. */
  question?(given: Given, place: Place): string | undefined;
  /** For people. */
  lines(told: Told): readonly string[];
  /** For programs; undefined where a failure is all that there is to tell. */
  json(told: Told): unknown;
  /** What may be left out and can be found out: queries, and the arguments with what these answered. */
  finds?: {
    asks(given: Given, place: Place): readonly Call[];
    given(given: Given, place: Place, made: readonly Made[]): Given | Promise<Given>;
  };
  /** What a dry run says would be done; absent where the command changes nothing. */
  would?(given: Given, place: Place, repos: readonly string[]): string | readonly string[];
  /** What a dry run says of a question to another machine, which is not asked then. */
  pretends?(given: Given, place: Place): Promise<string>;
}

/** A command that serves until its client has gone. */
export interface Serving extends Words {
  serve(given: Given, at: { dialect: Dialect; manner: Manner }): Promise<number>;
}

export type Command = Acting | Serving;

/** How a command line ended, as far as exit codes tell. */
export type Ending = ExitClass | 'command-line' | 'dry-run';

/** What a program of another name understands: a table of its words, flags and exit codes to actions. */
export interface Dialect {
  /** What it is installed as; the first is what it calls itself. */
  names: readonly [string, ...string[]];
  summary: string;
  commands: readonly Command[];
  /** What every command takes. */
  options: readonly GlobalOption[];
  /** Options of single commands that may also stand before the last of their words. */
  early?: readonly GlobalOption[];
  /** Those options, as given and by their variables, as Gantry's own. */
  manner(options: Given, env: Environment): Manner;
  /** That with what a file of its own says. */
  configure?(manner: Manner, options: Given, env: Environment): Promise<Manner>;
  /** Logs a command that has ended. */
  log?(ended: Ended, manner: Manner): void;
  exits: Readonly<Record<Ending, number>>;
  /** First words of what comes with a later part of Gantry. */
  later: readonly string[];
  /** A word that may stand before all others and says nothing. */
  filler?: string;
  /** Where the caller's commands act; the workspace around the caller unless told. */
  placed?(here: Pick<Here, 'host' | 'caller'>): Promise<{ caller: Caller; place: Place }>;
  /** A failure in its own words, by code. */
  failures?: Readonly<Record<string, (failure: Failure) => Partial<Failure>>>;
}

export function isServing(command: Command): command is Serving {
  return 'serve' in command;
}
