import { failureLines } from '#app/surface/failure.ts';
import { planLines } from '#app/surface/plan.ts';
import { receiptLine } from '#app/surface/receipt.ts';
import { styleFor } from '#app/surface/style.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import { type Asked, callText } from './next.ts';

const PLAIN = styleFor(false);

/** An outcome for clients that read text: data as JSON, plans and receipts as people see them, then what failed. */
export function outcomeText(outcome: Outcome, failure: Failure | undefined, asked: Asked): string {
  return [...linesOf(outcome, asked), ...(failure ? failureLines(failure, PLAIN) : [])].join('\n');
}

function linesOf(outcome: Outcome, asked: Asked): string[] {
  switch (outcome.kind) {
    case 'data':
      return [JSON.stringify(outcome.data)];
    case 'plan':
      return [...planText(outcome.plan), ...nextOf(outcome.plan, asked)];
    case 'approval':
      return planText(outcome.plan);
    case 'receipt':
      return [
        ...receiptText(outcome.receipt, asked),
        ...(outcome.data ? [JSON.stringify(outcome.data)] : []),
      ];
    case 'failure':
      return [];
  }
}

function planText(plan: DescribedPlan): string[] {
  return [...planLines(plan, PLAIN), `plan ${plan.hash}`];
}

function nextOf({ hash, steps }: DescribedPlan, { card, input }: Asked): string[] {
  return steps.length > 0 ? [`next: ${callText(card.id, { ...input, plan: hash })}`] : [];
}

function receiptText({ activity, status, steps }: Receipt, { offered }: Asked): string[] {
  const undoable = steps.some((step) => step.status === 'done' && step.inverse);
  const undo = undoable && offered.some(({ id }) => id === 'undo');
  return [
    ...steps.map((step) => receiptLine(step, PLAIN)),
    `activity ${activity} ${status}${undo ? `, to take it back: ${callText('undo', { id: activity })}` : ''}`,
  ];
}
