import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';

/** The last step of each repo that was reached: those behind one that did not come out well were not. */
export function lastSteps({ steps }: Receipt): StepReceipt[] {
  const byRepo = Map.groupBy(
    steps.filter(({ target }) => target.kind === 'repo'),
    ({ target }) => target.name,
  );
  return [...byRepo.values()].map((own) => own.find(isObstacle) ?? (own.at(-1) as StepReceipt));
}

/** What can be done about it. */
export function nextOf({ failure }: StepReceipt): string | null {
  return failure?.next?.[0] ?? null;
}

function isObstacle({ status }: StepReceipt): boolean {
  return status !== 'done' && status !== 'skipped';
}
