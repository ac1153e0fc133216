import { findAction } from '#app/registry/find.ts';
import { waiting } from '#app/surface/envelope.ts';
import { failureLines } from '#app/surface/failure.ts';
import { planLines } from '#app/surface/plan.ts';
import { receiptSummary } from '#app/surface/receipt.ts';
import { isColoured, printLines, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { visibleJson } from '#engines/core/visible.ts';
import type { Globals } from '../globals.ts';
import { VIEWS } from './views.ts';

/** An outcome for people: data and plans on the standard output, the rest on the standard error. */
export async function printOutcome(id: string, outcome: Outcome, globals: Globals): Promise<void> {
  const style = styleFor(isColoured(1, globals));
  const aside = styleFor(isColoured(2, globals));
  switch (outcome.kind) {
    case 'data':
      return printLines(await linesOf(id, outcome.data, globals));
    case 'plan':
      printLines([...planLines(outcome.plan, style), style('quiet', `plan ${outcome.plan.hash}`)]);
      return;
    case 'approval':
      printLines([...planLines(outcome.plan, style), style('quiet', `plan ${outcome.plan.hash}`)]);
      return tellLines(failureLines(waiting(outcome.plan.hash), aside));
    case 'receipt':
      if (outcome.data !== undefined) printLines(await linesOf(id, outcome.data, globals));
      if (!globals.quiet) tellLines([receiptSummary(outcome.receipt, aside)]);
      if (outcome.failure) tellLines(failureLines(outcome.failure, aside));
      return;
    case 'failure':
      return tellLines(failureLines(outcome.failure, aside));
  }
}

async function linesOf(id: string, data: unknown, globals: Globals): Promise<string[]> {
  const style = styleFor(isColoured(1, globals));
  const view = VIEWS[id];
  if (view) return view(data as never, style);
  const action = await findAction(id);
  const schema = action && 'output' in action ? action.output : undefined;
  if (!schema) return [visibleJson(data)];
  const { dataLines } = await import('./data.ts');
  return dataLines(schema, data, style, Date.now());
}
