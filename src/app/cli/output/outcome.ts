import { waiting } from '#app/surface/envelope.ts';
import { failureLines } from '#app/surface/failure.ts';
import { planLines } from '#app/surface/plan.ts';
import { receiptSummary } from '#app/surface/receipt.ts';
import { isColoured, printLines, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { linesOf } from '#app/surface/text/lines.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import type { Globals } from '../globals.ts';

/** An outcome for people: data and plans on the standard output, the rest on the standard error. */
export async function printOutcome(id: string, outcome: Outcome, globals: Globals): Promise<void> {
  const style = styleFor(isColoured(1, globals));
  const aside = styleFor(isColoured(2, globals));
  switch (outcome.kind) {
    case 'data':
      printLines(await linesOf(id, outcome.data, style));
      if (outcome.failure) tellLines(failureLines(outcome.failure, aside));
      return;
    case 'plan':
      printLines([...planLines(outcome.plan, style), style('quiet', `plan ${outcome.plan.hash}`)]);
      return;
    case 'approval':
      printLines([...planLines(outcome.plan, style), style('quiet', `plan ${outcome.plan.hash}`)]);
      return tellLines(failureLines(waiting(outcome.plan.hash), aside));
    case 'receipt':
      if (outcome.data !== undefined) printLines(await linesOf(id, outcome.data, style));
      if (!globals.quiet) tellLines([receiptSummary(outcome.receipt, aside)]);
      if (outcome.failure) tellLines(failureLines(outcome.failure, aside));
      return;
    case 'failure':
      return tellLines(failureLines(outcome.failure, aside));
  }
}
