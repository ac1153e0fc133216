import type { StepReceipt } from '#engines/core/receipt.ts';
import type { Report } from '#engines/core/report.ts';
import { visible } from '#engines/core/visible.ts';
import type { Progress } from '../protocol/service.ts';

/**
 * Reads the reports of one call as progress: whole steps where there is a plan, parts of a step in between.
 * Protocol clients want a figure that grows with every notice, whatever the phases of one step count.
 */
export function progressOf(): (report: Report) => Progress | undefined {
  const parts = new Map<string, number>();
  let steps: number | undefined;
  let finished = 0;

  return (report) => {
    switch (report.kind) {
      case 'plan':
        steps = report.plan.steps.length;
        return undefined;
      case 'step':
        parts.delete(report.step.target.name);
        finished++;
        return progress(stepMessage(report.step));
      case 'progress': {
        const name = report.target ?? '';
        parts.set(name, (parts.get(name) ?? 0) + 1);
        return progress(progressMessage(report));
      }
      default:
        return undefined;
    }
  };

  function progress(message: string): Progress {
    // The n-th notice about a step that is under way brings it from (n - 1) / n to n / (n + 1).
    const underWay = parts.values().reduce((sum, count) => sum + count / (count + 1), 0);
    return { done: finished + underWay, total: steps, message: visible(message) };
  }
}

function stepMessage({ target, status, summary }: StepReceipt): string {
  return `${target.name}: ${status} ${summary}`.trimEnd();
}

function progressMessage({ target, label, done, total }: Extract<Report, { kind: 'progress' }>): string {
  const figures = done === undefined ? '' : ` ${done}${total === undefined ? '' : `/${total}`}`;
  return `${target === undefined ? '' : `${target}: `}${label}${figures}`;
}
