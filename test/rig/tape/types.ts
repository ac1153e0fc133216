import type { Settings } from './settings.ts';

/** A place in a tape, both from 1. */
export type Place = { line: number; column: number };

export type Problem = Place & { message: string };

export type Output = { kind: 'output'; path: string };
export type Require = { kind: 'require'; program: string };
export type Env = { kind: 'env'; name: string; value: string };
export type Source = { kind: 'source'; path: string };
export type SetStatement = {
  [Name in keyof Settings]-?: { kind: 'set'; name: Name; value: NonNullable<Settings[Name]> };
}[keyof Settings];

/** Times are in milliseconds. A pace is the time that a key takes; the typing speed unless told. */
export type Command =
  | { kind: 'type'; text: string; pace?: number }
  | { kind: 'press'; key: string; count: number; pace?: number }
  | { kind: 'scroll'; lines: number; count: number; pace?: number }
  | { kind: 'sleep'; time: number }
  | { kind: 'wait'; scope: 'line' | 'screen'; within?: number; pattern?: RegExp }
  | { kind: 'hide' }
  | { kind: 'show' }
  | { kind: 'screenshot'; path: string }
  | { kind: 'copy'; text: string }
  | { kind: 'paste' };

export type Statement = Place & (Output | Require | Env | Source | SetStatement | Command);
