import type { StepStatus } from '#engines/core/receipt.ts';
import type { Report } from '#engines/core/report.ts';
import type { Call } from '#panes/pane.ts';
import type { Form } from './overlay.ts';

/** An action that this screen has started and that has not ended. */
export interface Job {
  id: number;
  call: Call;
  startedAt: number;
  /** The form that it was begun with, to be mended where the host does not take it. */
  form?: Form;
  /** Known once its plan is approved. */
  activity?: string;
  cancelling: boolean;
  /** The activity that its plan takes back. */
  undoes?: string;
  /** Steps in the plan, once it is known. */
  total?: number;
  /** How many steps came out how. */
  counts: Readonly<Partial<Record<StepStatus, number>>>;
  /** What each target is at, by its name. */
  targets: Readonly<Record<string, string>>;
  note?: string;
}

export function startJob(id: number, call: Call, startedAt: number): Job {
  return { id, call, startedAt, cancelling: false, counts: {}, targets: {} };
}

/** The job after one thing that it told. */
export function told(job: Job, report: Report): Job {
  switch (report.kind) {
    case 'plan':
      return {
        ...job,
        total: report.plan.steps.length,
        undoes: report.plan.undoes,
        targets: Object.fromEntries(report.plan.steps.map(({ target }) => [target.name, 'waiting'])),
      };
    case 'started':
      return { ...job, activity: report.activity };
    case 'progress': {
      const text = progressText(report);
      return report.target === undefined
        ? { ...job, note: text }
        : { ...job, targets: { ...job.targets, [report.target]: text } };
    }
    case 'step': {
      const { status, target, summary } = report.step;
      return {
        ...job,
        counts: { ...job.counts, [status]: (job.counts[status] ?? 0) + 1 },
        targets: { ...job.targets, [target.name]: summary || status },
      };
    }
    case 'note':
      return { ...job, note: report.text };
    default:
      return job;
  }
}

/** Steps that have ended, however they did. */
export function ended({ counts }: Job): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The figure comes first: what a narrow column cuts off is the word. */
function progressText({ label, done, total, unit }: Extract<Report, { kind: 'progress' }>): string {
  if (done === undefined) return label;
  if (total) return `${Math.floor((100 * done) / total)} % ${label}`;
  return unit === 'bytes' ? `${bytes(done)} ${label}` : `${done} ${label}`;
}

function bytes(count: number): string {
  const exponent = Math.min(4, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${(count / 1024 ** exponent).toFixed(exponent > 1 ? 1 : 0)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][exponent]}`;
}
