import { expect } from 'vitest';
import type { Finished } from '../rig/process.ts';

/** Every control but newline: what a name from outside must never bring to a terminal. Tabs stand in git's own words. */
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** One error: what happened, what it means, and what to do next; no stack trace and no raw control. */
export const expectOneError = ({ stderr, stdout }: Pick<Finished, 'stderr' | 'stdout'>): void => {
  const told = stderr.slice(Math.max(0, stderr.search(/^error: /m)));
  expect(told).toMatch(/^error: .+\n(?:.+\n)+next: .+\n(?: {2}or: .+\n)*$/);
  expect(stderr.match(/^error: /gm)).toHaveLength(1);
  expect(stderr).not.toContain('defect in Gantry');
  expect(stderr).not.toMatch(/^ +at .+:\d+/m);
  expectNoControls({ stdout, stderr });
};

export const expectNoControls = ({ stderr, stdout }: Pick<Finished, 'stderr' | 'stdout'>): void => {
  for (const text of [stdout, stderr]) expect(text).not.toMatch(CONTROLS);
};
