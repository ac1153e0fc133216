import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import type { Job } from './job.ts';
import type { Owner, Run } from './runs.ts';

/** A call under way. */
export interface Firing {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  cancel(): void;
}

/** Who calls, and from where. */
export type From = Owner & Pick<Job, 'workspace' | 'cwd' | 'env'>;

/** Has the host carry out a call as the job of that name; `started` hears of the activity that it is. */
export type Fire = (invocation: Invocation, from: From, started: (activity: string) => void) => Firing;

/** The action that a run is, with its input. A command is a process of its own, under a name that nothing else has. */
export function invocationOf({ definition, process, event }: Pick<Run, 'definition' | 'process' | 'event'>) {
  const { call, cwd } = definition;
  if (call.kind === 'action') return { action: call.action, input: call.input };
  const variables = Object.entries(event?.env ?? {}).map(([name, value]) => `${name}=${value}`);
  return {
    action: 'process.run',
    input: {
      ...{ command: call.line, name: process, directory: cwd },
      ...(variables.length > 0 ? { set: variables } : {}),
      ...(event?.input ? { stdin: event.input } : {}),
    },
  };
}

/** What has happened is told to artifacts and commands alike. */
export function placeOf({ kind, name, definition, event }: Run): From {
  const { workspace, cwd, env } = definition;
  return { kind, name, workspace, cwd, env: { ...env, ...event?.env } };
}

/** The name of the process of a command: the first that none of the others has. */
export function freeProcess(owner: Owner, others: readonly Pick<Run, 'process'>[]): string {
  const taken = new Set(others.map(({ process }) => process));
  const base = processOf(owner);
  if (!taken.has(base)) return base;
  for (let number = 1; ; number++) if (!taken.has(`${base}:${number}`)) return `${base}:${number}`;
}

function processOf({ kind, name }: Owner): string {
  return `${kind}:${name}`;
}

export function isProcessOf(owner: Owner, process: string): boolean {
  const base = processOf(owner);
  return process === base || process.startsWith(`${base}:`);
}
