import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import type { Definition } from '../definition.ts';
import type { Run } from '../runs.ts';

/** A call under way. */
export interface Firing {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  cancel(): void;
}

/** Has the host carry out a call as the schedule of that name; `started` hears of the activity that it is. */
export type Fire = (
  invocation: Invocation,
  from: Pick<Definition, 'name' | 'workspace' | 'cwd' | 'env'>,
  started: (activity: string) => void,
) => Firing;

/** The action that a run is, with its input. A command is a process of its own, under a name that nothing else has. */
export function invocationOf({ definition, process }: Pick<Run, 'definition' | 'process'>) {
  const { call, cwd } = definition;
  if (call.kind === 'action') return { action: call.action, input: call.input };
  return { action: 'process.run', input: { command: call.line, name: process, directory: cwd } };
}

/** The name of the process of a command: the first that none of the others has. */
export function freeProcess(schedule: string, others: readonly Pick<Run, 'process'>[]): string {
  const taken = new Set(others.map(({ process }) => process));
  const base = processOf(schedule);
  if (!taken.has(base)) return base;
  for (let number = 1; ; number++) if (!taken.has(`${base}:${number}`)) return `${base}:${number}`;
}

function processOf(schedule: string): string {
  return `schedule:${schedule}`;
}

export function isProcessOf(schedule: string, process: string): boolean {
  const base = processOf(schedule);
  return process === base || process.startsWith(`${base}:`);
}
