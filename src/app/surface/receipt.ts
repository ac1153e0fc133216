import type { Receipt, ReceiptStatus, StepReceipt, StepStatus } from '#engines/core/receipt.ts';
import { visible } from '#engines/core/visible.ts';
import type { Meaning, Style } from './style.ts';

export const MEANINGS: Record<StepStatus | ReceiptStatus, Meaning> = {
  running: 'strong',
  interrupted: 'warning',
  done: 'good',
  skipped: 'quiet',
  refused: 'warning',
  failed: 'bad',
  cancelled: 'warning',
  unknown: 'warning',
  replan: 'warning',
};

/** One line per step. */
export function receiptLine(step: StepReceipt, style: Style): string {
  return `${visible(step.target.name)} ${style(MEANINGS[step.status], step.status)} ${visible(step.summary)}`.trimEnd();
}

/** The last line: what it was and how to see or take it back. */
export function receiptSummary(receipt: Receipt, style: Style): string {
  const { activity, status, steps } = receipt;
  const resume = status === 'cancelled' ? `, gantry resume ${activity}` : '';
  const back = receipt.action === 'undo' ? 'redo' : 'undo';
  const undo = steps.some((step) => step.inverse && step.status === 'done')
    ? `, gantry ${back} ${activity}`
    : '';
  return style('quiet', `activity ${activity} ${status}${resume}${undo}`);
}
