import type { JournalledStep } from './journal.ts';

/** `3 done, 1 refused`; steps without a receipt are under way or unknown. */
export function summarise(steps: readonly JournalledStep[]): string {
  const counts = new Map<string, number>();
  for (const { receipt } of steps) {
    const status = receipt?.status ?? 'open';
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

/** Whether anything was done that can be taken back. */
export function undoable(steps: readonly JournalledStep[]): boolean {
  return steps.some(({ receipt }) => receipt?.status === 'done' && receipt.inverse !== undefined);
}
