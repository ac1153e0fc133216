import type { Actor } from './actor.ts';
import type { Answer, Question } from './question.ts';
import type { Registry } from './registry.ts';
import type { Report } from './report.ts';
import type { Resource } from './resource.ts';

/** Directories of one person on one machine, all absolute. */
export interface Paths {
  home: string;
  config: string;
  state: string;
  cache: string;
  runtime: string;
}

/** Everything that engines know of the world outside their arguments. */
export interface Context {
  actor: Actor;
  /** The caller's directory: relative paths in an input resolve against it. */
  cwd: string;
  /** Root of the workspace, absolute; absent where none was found. */
  workspace?: string;
  /** The manifest of the workspace, where it stands in no file. */
  manifest?: string;
  /** Environment for child processes, and the only place that variables are read from. */
  env: Readonly<Record<string, string | undefined>>;
  paths: Paths;
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  report(report: Report): void;
  /** The only prompt. Headless it answers `needs-input`. */
  ask(question: Question): Promise<Answer>;
  /** Runs another action as the same actor. A command's steps become part of the caller's activity tree. */
  invoke(action: string, input: unknown): Promise<unknown>;
  /** Every action there is. */
  registry: Registry;
  /** Opens what outlives one action (database, pools) on first use. */
  use<T>(resource: Resource<T>): T;
}
