import type { Failure } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';

/** The one JSON document of `--json`. */
export interface Envelope {
  schemaVersion: 1;
  action: string;
  ok: boolean;
  data?: unknown;
  plan?: unknown;
  receipt?: unknown;
  error?: Omit<Failure, 'exit'> & { exitCode: number };
}

export function envelope(action: string, outcome: Outcome, exitCode: number): Envelope {
  const head = { schemaVersion: 1, action, ok: exitCode === 0 } as const;
  switch (outcome.kind) {
    case 'data':
      return {
        ...head,
        data: outcome.data,
        ...(outcome.failure ? { error: errorOf(outcome.failure, exitCode) } : {}),
      };
    case 'plan':
    case 'approval':
      return {
        ...head,
        plan: outcome.plan,
        ...(exitCode ? { error: errorOf(waiting(outcome.plan.hash), exitCode) } : {}),
      };
    case 'receipt':
      return {
        ...head,
        data: outcome.data ?? null,
        receipt: outcome.receipt,
        ...(outcome.failure ? { error: errorOf(outcome.failure, exitCode) } : {}),
      };
    case 'failure':
      return { ...head, error: errorOf(outcome.failure, exitCode) };
  }
}

/** What headless callers are told of a plan that needs a yes. */
export function waiting(hash: string): Failure {
  return {
    code: 'needs-approval',
    exit: 'approval',
    message: 'The plan needs approval.',
    meaning: 'It destroys something or reaches outside this machine; nothing was done.',
    next: [`the same command with --plan ${hash.slice(0, 12)}`, 'the same command with --yes'],
  };
}

function errorOf({ exit: _, ...failure }: Failure, exitCode: number): Envelope['error'] {
  return { ...failure, exitCode };
}
