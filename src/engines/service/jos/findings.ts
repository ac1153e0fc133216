import type { JsonText } from './json.ts';
import { isThere, type Place, placeOf } from './place.ts';
import { type Path, pathText } from './pointer.ts';

/** One thing to be said about a place of an artifact. */
export interface Finding extends Place {
  /** `orchestration.flows.main.steps[0]`; `the whole` for all of it. */
  path: string;
  /** What of it, so that path and message make a sentence. */
  message: string;
}

/** Gathers what is wrong with an artifact, and what is odd. */
export interface Findings {
  readonly json: JsonText;
  /** Keep it from being used. */
  readonly problems: Finding[];
  readonly warnings: Finding[];
  problem(path: Path, message: string): void;
  warn(path: Path, message: string): void;
  /** Whether anything stands there. */
  has(path: Path): boolean;
}

export function findingsIn(json: JsonText): Findings {
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  const finding = (path: Path, message: string) => ({
    path: pathText(path),
    ...placeOf(json, path),
    message,
  });
  return {
    json,
    problems,
    warnings,
    problem: (path, message) => void problems.push(finding(path, message)),
    warn: (path, message) => void warnings.push(finding(path, message)),
    has: (path) => isThere(json, path),
  };
}

/** Puts them in the order of the file. */
export function sortFindings({ problems, warnings }: Findings): void {
  for (const list of [problems, warnings]) {
    list.sort((one, other) => one.line - other.line || one.column - other.column);
  }
}

/** `3:5 jos.kind is missing; a text is due` */
export function findingText({ path, line, column, message }: Finding): string {
  return `${line}:${column} ${path} ${message}`;
}
