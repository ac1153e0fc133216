import { EXIT } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';

/** The exit code of an outcome: that of the first failure's class. */
export function exitCodeOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'data':
      return outcome.failure ? EXIT[outcome.failure.exit] : EXIT.ok;
    case 'plan':
      return EXIT.ok;
    case 'approval':
      return EXIT.approval;
    case 'failure':
      return EXIT[outcome.failure.exit];
    case 'receipt':
      if (outcome.receipt.status === 'cancelled') return EXIT.interrupted;
      return outcome.failure ? EXIT[outcome.failure.exit] : EXIT.ok;
  }
}
