import type { Module } from './module.ts';
import type { Source } from './source.ts';

export type Violation = { path: string; line: number; what: string };

export type Rule = {
  /** Completes the name of the test. */
  sentence: string;
  check(modules: Module[]): Violation[];
  /** Files that keep the rule though they come close to breaking it. */
  kept: Source[];
  /** Files of which each breaks the rule in the line that ends with a `// here`. */
  broken: Source[];
};

export const show = ({ path, line, what }: Violation): string => `${path}:${line} ${what}`;
