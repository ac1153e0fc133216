import type { Fault } from './faults.ts';
import type { Meaning } from './tools.ts';
import type { Base, Step } from './twin.ts';

/** A command that both tools are given. */
export type Command = {
  /** The words after `git flow`. */
  flow: string | readonly string[];
  /** The words after `gantry flow` where they are others. */
  gantry?: string | readonly string[];
  /** How it ends; `ok` unless told. */
  ends?: Meaning;
  /** Where AVH is no measure. */
  differs?: Difference;
};

type Difference = {
  fault: Fault;
  /** How AVH ends instead. */
  ends?: Meaning;
  /** Puts right what AVH did. */
  mend?: Step;
};

/** A command that ends well and has the same words for both, or more of it, or what is done by hand in between. */
export type Run = string | Command | Step;

export type Case = {
  name: string;
  /** What the twins begin as; `flow` unless told. */
  on?: Base;
  /** What is done to them before. */
  given?: readonly Step[];
  runs: readonly Run[];
};
